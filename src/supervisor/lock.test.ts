import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findHolder, LockHeld, takeLock } from './lock'

function lockFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'gleaner-lock-')), 'gleaner.pid')
}

/** When a process began, as the lock writes it. */
function beginOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

test('a lock that a living process holds is refused, with its pid', () => {
  const file = lockFile()
  writeFileSync(file, JSON.stringify({ pid: process.ppid, began: beginOf(process.ppid) }))
  expect(() => takeLock(file)).toThrow(LockHeld)
  expect(findHolder(file)).toMatchObject({ pid: process.ppid })
})

test('a lock whose process is dead is taken over', async () => {
  const file = lockFile()
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('close', resolve))
  writeFileSync(file, JSON.stringify({ pid: child.pid, began: '1' }))
  takeLock(file)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid })
})

test('a pid that the system gave to another program holds nothing', () => {
  const file = lockFile()
  writeFileSync(file, JSON.stringify({ pid: process.ppid, began: '1' }))
  expect(findHolder(file)).toBeNull()
  expect(() => takeLock(file)).not.toThrow()
})

test('a lock that was half written holds nothing', () => {
  const file = lockFile()
  writeFileSync(file, '{"pid":')
  expect(() => takeLock(file)).not.toThrow()
})

test('a released lock is free', () => {
  const file = lockFile()
  takeLock(file)()
  expect(findHolder(file)).toBeNull()
})

test('a lock says at which port its holder answers', async () => {
  const file = lockFile()
  takeLock(file, 20_007)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, port: 20_007 })
  writeFileSync(file, JSON.stringify({ pid: process.ppid, began: beginOf(process.ppid), port: 20_007 }))
  expect(findHolder(file)).toMatchObject({ pid: process.ppid, port: 20_007 })
  // Of a release that did not write it.
  writeFileSync(file, JSON.stringify({ pid: process.ppid, began: beginOf(process.ppid) }))
  expect(findHolder(file)).toMatchObject({ pid: process.ppid, port: null })
})
