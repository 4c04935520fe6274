import { createCliContext } from '../src/cli/create-context.ts'
import { demoCommand } from '../src/cli/demo.ts'
import { createProcessTerminal } from '../src/cli/process-terminal.ts'
import { parseConfig, readEnvironment } from '../src/config.ts'

// For `prisma db seed`: the same synthetic people as `lopo demo load`.
const context = createCliContext(parseConfig(readEnvironment()), createProcessTerminal())
process.exitCode = await demoCommand.run(['load'], context)
