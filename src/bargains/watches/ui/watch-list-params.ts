import { createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server'

export const SHOWN = ['all', 'running', 'paused', 'trouble'] as const
export type Shown = (typeof SHOWN)[number]

/** A sort in the address: `name` upwards, `-name` downwards. */
export const parseAsSort = createParser<{ id: string; desc: boolean }>({
  parse: (text) => (/^-?[a-z]{1,20}$/.test(text) ? { id: text.replace('-', ''), desc: text.startsWith('-') } : null),
  serialize: ({ id, desc }) => (desc ? `-${id}` : id),
  eq: (a, b) => a.id === b.id && a.desc === b.desc,
})

/** What the list of watches keeps in its address. */
export const watchListParams = {
  q: parseAsString.withDefault(''),
  show: parseAsStringLiteral(SHOWN).withDefault('all'),
  sort: parseAsSort,
}
