import { readFile } from 'node:fs/promises'

/**
 * What tells this process from every other, also from one that gets the same number later: its number, and on Linux also
 * when it started and which start of the machine that was.
 */
export async function processMark(pid: number): Promise<string> {
  return `${pid} ${await startOf(pid)}`
}

/** Whether the process with this mark still runs. */
export async function isRunning(mark: string): Promise<boolean> {
  const [pid = '', start = ''] = mark.trim().split(' ', 2)
  if (!/^\d+$/.test(pid) || !signals(Number(pid))) return false
  return start === '' || start === (await startOf(Number(pid)))
}

function signals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Nothing where the system does not tell, or there is no such process. */
async function startOf(pid: number): Promise<string> {
  const [boot, status] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
  ])
  // The name, in brackets, may hold anything; the start time is the 20th field after it.
  const ticks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return ticks === '' ? '' : `${boot.trim()}:${ticks}`
}
