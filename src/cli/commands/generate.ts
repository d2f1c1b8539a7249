import { runAsJob } from '@/accounts/gate'
import { checkLedger } from '@/giving/gifts/check-ledger'
import { chooseWorkspace } from '../choose-workspace'
import { type Command, optional, UsageError, type Values } from '../command'
import { withDeps } from '../with-deps'
import type { Size } from './generate-giving'
import { generateWorkspace, type Progress } from './generate-workspace'

/** `gleaner generate`: a workspace as large as one wants to try. */
export const generate: Command = {
  name: 'generate',
  summary: 'Fill a workspace with made-up contacts, gifts and pledges.',
  usage: '[--contacts N] [--gifts N] [--pledges N] [--seed N] [--add] [--workspace NAME]',
  help: [
    '--contacts N     100000, if left out',
    '--gifts N        twenty times the contacts, if left out',
    '--pledges N      three for ten contacts, if left out; at most one a contact',
    '--seed N         the same number makes the same people again; 1, if left out',
    '--add            beside the contacts that are there; without it such a workspace is refused',
    '--workspace W    name or id, where there are several',
  ],
  options: {
    ...{
      contacts: { type: 'string' },
      gifts: { type: 'string' },
      pledges: { type: 'string' },
      seed: { type: 'string' },
    },
    ...{ add: { type: 'boolean' }, workspace: { type: 'string' } },
  },
  words: 0,
  run: (values) => {
    const size = sizeOf(values)
    return withDeps(async (deps) => {
      const { id, name } = await chooseWorkspace(deps.db, optional(values, 'workspace'))
      const from = performance.now()
      await generateWorkspace(deps, id, { size, add: values.add === true, say: progressOn(process.stderr) })
      const { compared, drift } = await runAsJob(deps, id, 'generate', checkLedger)
      const seconds = Math.round((performance.now() - from) / 1000)
      const made = `${size.contacts} contacts, ${size.gifts} gifts, ${size.pledges} pledges`
      return {
        json: { workspace: id, ...size, compared, drift, seconds },
        text: `${name}: ${made} in ${seconds} s. Of ${compared} rows ${drift} differ from the ledger.`,
        exitCode: drift === 0 ? 0 : 1,
      }
    })
  },
}

function sizeOf(values: Values): Size {
  const contacts = countOf(values, 'contacts', 100_000)
  const pledges = countOf(values, 'pledges', Math.floor(contacts * 0.3))
  if (pledges > contacts) throw new UsageError('--pledges is more than one a contact')
  return { contacts, pledges, gifts: countOf(values, 'gifts', contacts * 20), seed: countOf(values, 'seed', 1) }
}

const MOST = 100_000_000

function countOf(values: Values, name: string, otherwise: number): number {
  const text = optional(values, name)
  if (text === undefined) return otherwise
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(count <= MOST)) throw new UsageError(`--${name} is a whole number, not ${text}`)
  return count
}

/** A line for each tenth. */
function progressOn(stream: { write: (text: string) => unknown }): Progress {
  let last = ''
  return (work, done, all) => {
    const line = `${work} ${Math.floor((done * 10) / all) * 10} %\n`
    if (line !== last) stream.write(line)
    last = line
  }
}
