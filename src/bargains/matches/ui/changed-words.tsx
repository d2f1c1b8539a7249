import { diffWords } from '../../listings/rules-snapshots'

/** A text with what went and what came since the one before; a screen reader hears both as such. */
export function Changed({ before, after }: { before: string; after: string }) {
  if (before === after) return after
  let place = 0
  return diffWords(before, after).map(({ kind, text }) => {
    // The place in both texts: pieces are never the same twice.
    const key = place++
    if (kind === 'gone')
      return (
        <del key={key} className="bg-bad-fill text-bad-ink">
          {text}
        </del>
      )
    if (kind === 'new')
      return (
        <ins key={key} className="bg-good-fill text-good-ink no-underline">
          {text}
        </ins>
      )
    return <span key={key}>{text}</span>
  })
}
