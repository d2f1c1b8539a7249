type Entry<Item, Result> = {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** Writes several items at once, and answers for each. */
type Write<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>

/** So many writes are under way at a time: one is stored while the next is sent. */
const AT_A_TIME = 2
const MOST = 200

/**
 * Group commit: what is asked for within one turn of the event loop, or while earlier writes are under way, is written
 * by one statement. An idle engine writes at once. An error that only one item has must not cost the others theirs:
 * after it each is written by itself.
 */
export function createGroup<Item, Result>(write: Write<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Entry<Item, Result>[] = []
  let [busy, called] = [0, false]

  function call(): void {
    if (called || busy >= AT_A_TIME || waiting.length === 0) return
    called = true
    setImmediate(() => {
      called = false
      busy += 1
      settle(write, waiting.splice(0, MOST)).finally(() => {
        busy -= 1
        call()
      })
      call()
    })
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      call()
    })
}

async function settle<Item, Result>(
  write: Write<Item, Result>,
  entries: readonly Entry<Item, Result>[],
): Promise<void> {
  try {
    const results = await write(entries.map(({ item }) => item))
    for (const [at, { resolve }] of entries.entries()) resolve(results[at] as Result)
  } catch (error) {
    const [first] = entries
    if (first && entries.length === 1) first.reject(error)
    else await Promise.all(entries.map((entry) => settle(write, [entry])))
  }
}
