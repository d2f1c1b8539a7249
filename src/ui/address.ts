/** How one value stands in a page's address. */
export type Param<Value> = {
  /** Null: not readable, as if it were not there. */
  read(text: string): Value | null
  write(value: Value): string
  /** What an address without it says. */
  readonly fallback: Value
}

export type Params = Readonly<Record<string, Param<unknown>>>

export type Values<P extends Params> = { readonly [Name in keyof P]: P[Name]['fallback'] }

/** What a page of Next gets. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>

export function text<Fallback extends string | null>(fallback: Fallback): Param<string | Fallback> {
  return { read: (typed) => typed, write: String, fallback }
}

export function oneOf<Value extends string, Fallback extends Value | null>(
  values: readonly Value[],
  fallback: Fallback,
): Param<Value | Fallback> {
  return { read: (typed) => values.find((value) => value === typed) ?? null, write: String, fallback }
}

/** The values that an address holds; the first one where a name stands in it twice. */
export function readAddress<P extends Params>(params: P, search: SearchParams | URLSearchParams): Values<P> {
  const values = Object.entries(params).map(([name, param]) => {
    const typed = search instanceof URLSearchParams ? search.get(name) : [search[name]].flat()[0]
    return [name, (typed == null ? null : param.read(typed)) ?? param.fallback]
  })
  // Made of the very names of `params`, each read by its own param.
  return Object.fromEntries(values) as Values<P>
}

/** `search` after a change; `null` empties all of `params`. What an address says by itself is left out. */
export function changeAddress<P extends Params>(params: P, search: string, change: Partial<Values<P>> | null): string {
  const next = new URLSearchParams(search)
  for (const [name, param] of Object.entries(params)) {
    if (change && !Object.hasOwn(change, name)) continue
    const value = change?.[name]
    const typed = value == null ? null : param.write(value)
    if (typed === null || (param.fallback !== null && typed === param.write(param.fallback))) next.delete(name)
    else next.set(name, typed)
  }
  return next.toString()
}
