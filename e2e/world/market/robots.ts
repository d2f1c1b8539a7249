import { type HostKey, hostKey } from './modes.ts'

/** What a site's robots.txt answers: a text, or a status. */
export type RobotsFile = string | number

/** What every site here lets programs read. */
const OPEN = 'User-agent: *\nDisallow: /myaccount/\n'

export type RobotsFiles = {
  /** From now on; null: as at first. */
  readonly setRobots: (host: string, file: RobotsFile | null) => void
  readonly of: (host: HostKey) => { readonly status: number; readonly text: string }
  readonly reset: () => void
}

export function makeRobots(): RobotsFiles {
  const files = new Map<HostKey, RobotsFile>()
  return {
    setRobots: (host, file) => {
      if (file === null) files.delete(hostKey(host))
      else files.set(hostKey(host), file)
    },
    of: (host) => {
      const file = files.get(host) ?? OPEN
      return typeof file === 'string' ? { status: 200, text: file } : { status: file, text: '' }
    },
    reset: () => files.clear(),
  }
}
