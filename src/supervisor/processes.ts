import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Env } from '@/env'
import type { ChildSpec } from './child'
import type { Prepared } from './prepare'

/** Packages below grammY use `punycode` and `url.parse`: nothing that whoever runs Gleaner can do about. */
export const QUIET = ['--disable-warning=DEP0040', '--disable-warning=DEP0169']

/** The processes that GLEANER_PROCESS asks for, from built files. */
export function builtProcesses(root: string, { settings, env }: Prepared): readonly ChildSpec[] {
  const production = { ...env, NODE_ENV: 'production' as const }
  const specs = [webProcess(root, production), workerProcess(root, production)]
  return specs.filter(({ name }) => settings.GLEANER_PROCESS === 'both' || settings.GLEANER_PROCESS === name)
}

/** The last line of a start. */
export function whatRuns({ GLEANER_PROCESS, PORT }: Env): string {
  return GLEANER_PROCESS === 'worker' ? 'The worker is ready' : `Gleaner is ready at http://localhost:${PORT}`
}

function webProcess(root: string, env: NodeJS.ProcessEnv): ChildSpec {
  const standalone = join(root, '.next', 'standalone')
  const leash = pathToFileURL(join(root, 'dist', 'leash.mjs')).href
  return {
    name: 'web',
    args: ['--import', leash, join(standalone, 'server.js')],
    cwd: standalone,
    // Shells and Docker set HOSTNAME to the machine's name, which Next would listen on.
    env: { ...env, HOSTNAME: '0.0.0.0', NEXT_TELEMETRY_DISABLED: '1' },
  }
}

function workerProcess(root: string, env: NodeJS.ProcessEnv): ChildSpec {
  return { name: 'worker', args: [...QUIET, join(root, 'dist', 'worker.mjs')], cwd: root, env }
}
