import type { Spite } from './hostile-answers.ts'
import type { Mutation } from './mutate.ts'
import { otherSite } from './sites/list.ts'

/** How a host answers, other than well. */
export type Mode =
  | 'ok'
  /** The site itself says that nothing matches. */
  | 'empty'
  /** 403 with the content network's page. */
  | 'blocked'
  /** A captcha with status 200. */
  | 'captcha200'
  /** 200, a new look: neither the state nor the old cards. */
  | 'changed'
  /** A third of the adverts have lost their title and id. */
  | 'partial'
  /** The page as a browser saves it: cards without the state behind them (OLX). */
  | 'stateless'
  /** 500. */
  | 'broken'
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'rate'; readonly retryAfter: number }
  /** Takes the request and never answers. */
  | 'hang'
  /** The connection dies half-way through the body. */
  | 'truncated'
  /** A whole answer with half of the page in it. */
  | 'cut'
  /** 404. */
  | 'gone'
  | { readonly kind: 'redirect'; readonly location: string }
  /** A page padded to so many bytes. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** Made to hurt whoever reads it. */
  | { readonly kind: 'hostile'; readonly spite: Spite }
  /** A field is lost, renamed or stands deeper; which one, the seed says. */
  | { readonly kind: 'mutated'; readonly how: Mutation; readonly seed: number }

/** `olx.pl`, `otomoto.pl`, another site's host without `www`; `photos` is the host of the pictures. */
export type HostKey = string

type Rule = { readonly host: HostKey; readonly prefix: string; readonly mode: Mode; left: number }

export type Modes = {
  /**
   * From now on the host answers so; below `path` only, when one is given. With `times` it recovers by itself.
   * The longest matching path wins.
   */
  readonly setMode: (host: string, mode: Mode, only?: { readonly path?: string; readonly times?: number }) => void
  /** The mode for one request, which counts. */
  readonly take: (host: HostKey, path: string) => Mode
  readonly of: (host: string) => Mode
  readonly reset: () => void
}

export function hostKey(host: string): HostKey {
  const name = host.split(':')[0]?.replace(/^(www|m)\./, '') ?? ''
  if (name === 'olx' || name === 'olx.pl') return 'olx.pl'
  if (name === 'otomoto' || name === 'otomoto.pl') return 'otomoto.pl'
  return otherSite(name)?.host ?? 'photos'
}

export function makeModes(): Modes {
  let rules: Rule[] = []
  const find = (host: HostKey, path: string) =>
    rules
      .filter((rule) => rule.host === host && path.startsWith(rule.prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)[0]
  return {
    setMode: (name, mode, only = {}) => {
      const host = hostKey(name)
      const prefix = only.path ?? '/'
      rules = rules.filter((rule) => rule.host !== host || rule.prefix !== prefix)
      rules.push({ host, prefix, mode, left: only.times ?? Number.POSITIVE_INFINITY })
    },
    take: (host, path) => {
      const rule = find(host, path)
      if (rule === undefined) return 'ok'
      rule.left--
      if (rule.left <= 0) rules = rules.filter((one) => one !== rule)
      return rule.mode
    },
    of: (host) => find(hostKey(host), '/')?.mode ?? 'ok',
    reset: () => {
      rules = []
    },
  }
}
