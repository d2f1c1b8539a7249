import type { Database } from '@/db/client'
import { AppError } from '@/kernel/app-error'
import type { Logger } from '@/observability/log'
import { type ChannelSettings, createChannel, type OpenChannel } from './channels/registry'
import type { ChannelKind } from './channels/table'
import { createInstallation, type Installation } from './installation/installation'
import { appUrlOf, type InstallationEnv } from './installation/settings'
import { createLinkSigner } from './links/sign-links'
import type { Say } from './message'
import { sayTest } from './messages'
import type { Outlets } from './outlets'

/** Words by kind of signal, as each feature's `messages.tsx` exports them. */
export type Sayings = Readonly<Record<string, Say>>

export type OutletsOptions = {
  readonly env: InstallationEnv
  readonly db: Database
  readonly log: Logger
  /** One entry a feature; `wiring/messages.ts` lists them. */
  readonly sayings: readonly Sayings[]
}

/** The real way out of a process. One a process: it keeps connections to the mail server. */
export function createOutlets({ env, db, log, sayings }: OutletsOptions): Outlets {
  const known: Sayings = Object.assign({ 'channel.test': sayTest }, ...sayings)
  const installation = createInstallation(db, env)
  return {
    installation,
    appUrl: appUrlOf(env),
    links: createLinkSigner(env.GLEANER_ENCRYPTION_KEY, appUrlOf(env)),
    channel: keepChannels(installation, log),
    say: (kind) => {
      const say = known[kind]
      if (!say) throw new AppError('internal', `nobody knows the words for ${kind}`)
      return say
    },
  }
}

/** Settings are read this often at most: a pasted token is used within a second, in every process. */
const FRESH_MS = 500

/** A channel lives as long as its settings stay the same. */
function keepChannels(installation: Installation, log: Logger): Outlets['channel'] {
  const open = new Map<ChannelKind, { readonly from: string; readonly channel: OpenChannel }>()
  const settings = remember(() => installation.settings(), FRESH_MS)
  return async (kind) => {
    const now: ChannelSettings = await settings()
    const from = JSON.stringify(now)
    const kept = open.get(kind)
    if (kept?.from === from) return kept.channel
    const channel = createChannel(kind, now, log)
    open.set(kind, { from, channel })
    kept?.channel.close?.()
    return channel
  }
}

function remember<T>(read: () => Promise<T>, ms: number): () => Promise<T> {
  let until = 0
  let kept: Promise<T> | undefined
  return () => {
    if (kept && performance.now() < until) return kept
    until = performance.now() + ms
    kept = read()
    // A failed read is not remembered.
    kept.catch(() => {
      until = 0
    })
    return kept
  }
}
