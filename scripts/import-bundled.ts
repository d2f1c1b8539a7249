import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './bundle.ts'
import { ROOT } from './root.ts'

/** src is written for a bundler (`@/…`), so that node gets it bundled: a third of a second. */
export async function importBundled<Module>(name: string, entry: string): Promise<Module> {
  await bundle({ [name]: entry })
  // The caller names the type of the module that it asks for.
  return (await import(pathToFileURL(join(ROOT, 'dist', `${name}.mjs`)).href)) as Module
}
