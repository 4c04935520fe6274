// Checks where the program's packages come from, as `npm run supply`. Says each problem in a line, and fails when there is one.
import { readFileSync } from 'node:fs'
import { checkSupply } from './supply.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
const problems = checkSupply(read('package.json'), read('package-lock.json'))
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exitCode = problems.length === 0 ? 0 : 1
