/** What was started or taken so far; undone in reverse order. */
export type Cleanup = (() => Promise<void> | void)[]

/** Why a start ends at once, in words for whoever typed the command: shown without a stack. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused'
}

/**
 * Undoes everything once and ends the process. npm repeats a Ctrl-C that the terminal has sent already, so that only the
 * first call counts.
 */
export function endOnce(cleanup: Cleanup): (code: number) => Promise<void> {
  let ending = false
  return async (code) => {
    if (ending) return
    ending = true
    for (let undo = cleanup.pop(); undo; undo = cleanup.pop()) await undo()
    process.exit(code)
  }
}
