import type { start as Start } from '../src/supervisor/start'
import { ensureBuilt } from './ensure-built.ts'
import { importBundled } from './import-bundled.ts'
import { ROOT } from './root.ts'

/** `npm start`. */
const { start } = await importBundled<{ start: typeof Start }>('start', 'src/supervisor/start.ts')
await start({ root: ROOT, build: ensureBuilt })
