import { smallDemo } from '../../prisma/demo.ts'
import type { App } from '../app.ts'
import type { CliContext } from './context.ts'
import { loadDemo } from './load-demo.ts'

/** Loads synthetic people and courses where no list was ever loaded and the configuration wants them, and says what to try. */
export async function prepareDemo(app: App, context: CliContext): Promise<void> {
  if (!context.config.demo) return
  if ((await app.storage.database.prisma.assistanceList.count()) > 0) return
  const outcome = await loadDemo(app, context, smallDemo)
  if (outcome.type !== 'loaded') return
  context.err(
    'Synthetic people and courses are loaded (DATA CONTOH). To try a status check, or a training:\n',
  )
  for (const line of outcome.personas) context.err(`  ${line}\n`)
}
