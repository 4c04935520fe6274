import type { App } from '../app.ts'
import type { OutgoingMessage } from '../channels/channel.ts'
import { createTerminalChannel, type TerminalChannel } from '../channels/terminal.ts'
import type { TurnReport } from '../conversation/conversation.ts'
import type { Command } from './command.ts'
import type { CliContext } from './context.ts'
import { prepareDemo } from './prepare-demo.ts'
import { readOptions, wrongUsage } from './usage.ts'

/** `lopo chat`: plays the bot in the terminal, a line in and the replies out. */
export const chatCommand: Command = {
  summary: 'chat with the bot here',
  usage: 'chat [--as NAME] [--json]',
  async run(args, context) {
    const { values, positionals } = readOptions(args, this.usage, {
      as: { type: 'string', default: 'warga' },
      json: { type: 'boolean', default: false },
    })
    if (positionals.length > 0)
      throw wrongUsage('what is said is read from standard input, a line each', this.usage)
    const app = await context.openApp()
    const terminal = createTerminalChannel({ id: values.as, now: () => context.now().getTime() })
    try {
      await prepareDemo(app, context)
      await chat(app, terminal, values.json, context)
    } finally {
      await terminal.stop()
      await app.close()
    }
    return 0
  },
}

async function chat(app: App, terminal: TerminalChannel, json: boolean, context: CliContext): Promise<void> {
  const { conversation } = app
  let report: TurnReport | undefined
  conversation.onTurn((turn) => {
    report = turn
  })
  const said: OutgoingMessage[] = []
  terminal.onMessage((message) => said.push(message))
  conversation.attach(terminal)
  await terminal.start((message) => conversation.receive(message))
  if (!json && context.isTerminal) context.err('Ketik pesan, lalu Enter. Ctrl-D untuk selesai.\n')
  const remark = remarkOnLinks(context)
  for await (const line of context.lines()) {
    report = undefined
    await terminal.say(line)
    await conversation.idle()
    const out = said.splice(0)
    remark(out)
    if (json) context.out(`${JSON.stringify(exchange(line, out, report))}\n`)
    else for (const message of out) context.out(`${message.text}\n\n`)
  }
}

/** Says once why a private page does not open: this command serves none, and a server elsewhere has another address. */
function remarkOnLinks({ config, err }: CliContext): (out: readonly OutgoingMessage[]) => void {
  let isSaid = config.publicUrl !== undefined
  return (out) => {
    if (isSaid || !out.some(({ text }) => text.includes('/cek/'))) return
    isSaid = true
    err('(the private page needs a running server: npm start)\n')
  }
}

/** One object a line, as the command promises. */
function exchange(line: string, out: readonly OutgoingMessage[], report: TurnReport | undefined) {
  return {
    in: line,
    out: out.map(({ text, options, media }) => ({
      text,
      options: (options ?? []).map(({ label }) => label),
      media: (media ?? []).map(({ id }) => id),
    })),
    flow: report?.flow ?? null,
    step: report?.step ?? null,
  }
}
