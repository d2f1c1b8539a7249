import { ensureBuilt } from './ensure-built.ts'

console.log(`Build: ${await ensureBuilt()}`)
