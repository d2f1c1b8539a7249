import { jobMode } from '@/jobs/client'
import { syncFunctions } from '@/jobs/sync-functions'
import { AppError } from '@/kernel/app-error'
import { readSettings } from '@/supervisor/prepare'
import { type Command, optional } from '../command'
import { ROOT } from '../with-deps'

/** `gleaner jobs sync`: tells the Inngest server which functions this release has. */
export const syncJobs: Command = {
  name: 'jobs sync',
  summary: 'Register the functions of this release with the Inngest server; npm start does so by itself.',
  usage: '[--url URL]',
  help: ['--url URL        where Gleaner answers; APP_URL, or this machine, if left out'],
  options: { url: { type: 'string' } },
  words: 0,
  run: async (values) => {
    const { APP_URL, PORT } = readSettings(ROOT)
    if (jobMode(process.env) === 'embedded') {
      throw new AppError(
        'conflict',
        'Gleaner’s own engine runs the jobs: there is nothing to register. See docs/jobs.md.',
      )
    }
    const url = optional(values, 'url') ?? APP_URL ?? `http://localhost:${PORT}`
    const said = await syncFunctions(url)
    return { json: { url, said }, text: `${url}: ${said}` }
  },
}
