import { join } from 'node:path'
import { importBundled } from './import-bundled.ts'
import { ROOT } from './root.ts'

/** `npm run emails`: every letter with made-up data, in both languages, for a browser to show. */
const { writeLetters } = await importBundled<typeof import('./emails-inside.ts')>('emails', 'scripts/emails-inside.ts')
const page = await writeLetters(process.argv[2] ?? join(ROOT, '.data', 'letters'))
console.log(`Open ${page} in a browser.`)
