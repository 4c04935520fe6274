// Generates the Prisma client after an install. Runs on whatever Node npm itself runs on.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const root = fileURLToPath(new URL('..', import.meta.url))
const prisma = require.resolve('prisma/build/index.js')
const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

// `prisma generate` needs no schema engine, yet downloads one unless a path to some file is given.
const { status, error } = spawnSync(node, [prisma, 'generate', '--no-hints'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: prisma,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
})
if (error) throw error
process.exit(status ?? 1)
