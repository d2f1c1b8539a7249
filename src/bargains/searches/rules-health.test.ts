import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../sources/source'
import { isGood } from './rules'
import { afterRead, type Health, type Telling } from './rules-health'

const NEW: Health = { health: 'new', healthSince: null, failures: 0, troubleSince: null }
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 14, minute))

function readAll(verdicts: readonly Verdict[]): { health: Health; tellings: (Telling | null)[] } {
  let health = NEW
  const tellings = verdicts.map((verdict, minute) => {
    const step = afterRead(health, verdict, at(minute))
    health = step.health
    return step.telling
  })
  return { health, tellings }
}

describe('the health of a search', () => {
  it('a block is told at once, as the same episode until the next good read, and then as recovered', () => {
    const { health, tellings } = readAll(['ok', 'blocked', 'failed', 'blocked', 'ok', 'ok'])
    expect(tellings[1]).toEqual({ kind: 'trouble', trouble: 'blocked', episode: at(1) })
    expect(tellings[3]).toEqual({ kind: 'trouble', trouble: 'blocked', episode: at(1) })
    expect(tellings[4]).toEqual({ kind: 'recovered', episode: at(1) })
    expect(tellings[5]).toBeNull()
    expect(health).toEqual({ health: 'ok', healthSince: at(4), failures: 0, troubleSince: null })
  })

  it('a failing site is told after 3 failures', () => {
    const { tellings } = readAll(['failed', 'failed', 'failed'])
    expect(tellings.map((telling) => telling?.kind)).toEqual([undefined, undefined, 'trouble'])
    expect(tellings[2]).toMatchObject({ trouble: 'failing', episode: at(0) })
  })

  it('nothing matching is well, and so is a page with some adverts unread', () => {
    expect(readAll(['ok', 'empty', 'partial', 'ok']).tellings).toEqual([null, null, null, null])
  })

  it('blocked since is the moment it became so', () => {
    expect(readAll(['ok', 'blocked', 'blocked']).health).toMatchObject({ healthSince: at(1), failures: 2 })
  })

  it('recovery is said only by a good read that ends an episode, and each episode has one name', () => {
    const verdict = fc.constantFrom<Verdict>('ok', 'empty', 'partial', 'blocked', 'changed', 'failed', 'gone', 'held')
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 40 }), (verdicts) => {
        const { tellings } = readAll(verdicts)
        tellings.forEach((telling, i) => {
          const good = isGood(verdicts[i] ?? 'ok')
          const endsEpisode = good && i > 0 && !isGood(verdicts[i - 1] ?? 'ok')
          expect(telling?.kind === 'recovered').toBe(endsEpisode)
          if (telling?.kind !== 'trouble') return
          const start = verdicts.slice(0, i).findLastIndex(isGood) + 1
          expect(telling.episode).toEqual(at(start))
        })
      }),
    )
  })
})
