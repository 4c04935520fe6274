import { createCliContext } from '../src/cli/create-context.ts'
import { demoCommand } from '../src/cli/demo.ts'
import { parseConfig, readEnvironment } from '../src/config.ts'

// For `prisma db seed`: the same synthetic people as `lopo demo load`.
process.exitCode = await demoCommand.run(['load'], createCliContext(parseConfig(readEnvironment())))
