import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { start as Start } from '../src/supervisor/start'
import { bundle } from './bundle.ts'
import { ensureBuilt } from './ensure-built.ts'
import { ROOT } from './root.ts'

// src is written for a bundler (`@/…`), so that node gets it bundled; what is built for the processes is another matter.
await bundle({ start: 'src/supervisor/start.ts' })
const { start } = (await import(pathToFileURL(join(ROOT, 'dist', 'start.mjs')).href)) as { start: typeof Start }
await start({ root: ROOT, build: ensureBuilt })
