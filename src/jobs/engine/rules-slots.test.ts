import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstFull, inOrder, lineUp, type Place, slotName, widthFor, withRoom } from './rules-slots'

const standing = (slot: string, held: number, line = false) => ({ slot, held, line, waiting: line })

describe('the places of a run', () => {
  it('are taken from the narrowest to the widest, whatever order the function names them in', () => {
    const names = [
      slotName('account', 'f', 0, '"ai"'),
      slotName('env', 'f', 0, '"ai"'),
      slotName('fn', 'f', 0, null),
      slotName('fn', 'f', 1, '"olx"'),
    ]
    const places = names.map((slot) => ({ slot, limit: 1 }))
    expect(inOrder(places).map(({ slot }) => slot)).toEqual([...names].reverse())
  })

  it('are shared between functions by their key, or belong to one function and limit', () => {
    expect(slotName('env', 'f', 0, '"ai"')).toBe(slotName('env', 'g', 1, '"ai"'))
    expect(slotName('fn', 'f', 0, '"ai"')).not.toBe(slotName('fn', 'g', 0, '"ai"'))
    expect(slotName('fn', 'f', 0, '"ai"')).not.toBe(slotName('fn', 'f', 1, '"ai"'))
  })

  it('a slot that is named twice counts once, by the lower limit', () => {
    expect(
      inOrder([
        { slot: 's', limit: 3 },
        { slot: 's', limit: 2 },
      ]),
    ).toEqual([{ slot: 's', limit: 2 }])
  })
})

describe('a run that would begin', () => {
  const places = [
    { slot: 'narrow', limit: 1 },
    { slot: 'wide', limit: 2 },
  ]

  it('begins where all its places are free', () => {
    expect(firstFull(places, [standing('narrow', 0), standing('wide', 1)], [])).toBeNull()
  })

  it('waits for the wide place and keeps the narrow one', () => {
    const standings = [standing('narrow', 0), standing('wide', 2)]
    expect(firstFull(places, standings, [])).toEqual({ slot: 'wide', free: false, keeps: 'narrow' })
  })

  it('does not go before those who wait, though a place is free, unless it was called', () => {
    const standings = [standing('narrow', 0, true), standing('wide', 0)]
    expect(firstFull(places, standings, [])).toEqual({ slot: 'narrow', free: true, keeps: null })
    expect(firstFull(places, standings, ['narrow'])).toBeNull()
  })

  it('calls the next where there is room for more than itself', () => {
    const standings = [standing('narrow', 0, true), standing('wide', 0, true)]
    expect(withRoom(places, standings)).toEqual(['wide'])
    expect(withRoom(places, [standing('wide', 1, true)])).toEqual([])
  })
})

describe('parallel steps of a run', () => {
  const places = [
    { slot: 'narrow', limit: 3 },
    { slot: 'wide', limit: 10 },
  ]

  it('run as many at a time as all places have room for', () => {
    const standings = [standing('narrow', 2), standing('wide', 4)]
    expect(widthFor(places, standings, { width: 1, wanted: 5 })).toBe(2)
    expect(widthFor(places, [standing('narrow', 1), standing('wide', 1)], { width: 1, wanted: 2 })).toBe(2)
  })

  it('run one by one where others wait', () => {
    expect(widthFor(places, [standing('narrow', 3, true)], { width: 3, wanted: 5 })).toBe(1)
  })

  it('never take more than a limit, and always one', () => {
    const held = fc.integer({ min: 1, max: 12 })
    fc.assert(
      fc.property(held, held, fc.integer({ min: 1, max: 9 }), (narrow, wide, wanted) => {
        const width = widthFor(places, [standing('narrow', narrow), standing('wide', wide)], { width: 1, wanted })
        expect(width).toBeGreaterThanOrEqual(1)
        expect(width).toBeLessThanOrEqual(wanted)
        if (width > 1) expect(Math.max(narrow + width - 1 - 3, wide + width - 1 - 10)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('runs that are made together', () => {
  const place = (slot: string, limit: number): Place => ({ slot, limit })

  it('as many are called as a limit lets in, and the others stand in line', () => {
    const runs = [1, 2, 3].map(() => ({ throttle: null, places: [place('s', 2)] }))
    expect(lineUp(runs)).toEqual([null, null, 's'])
  })

  it('the first of a throttle is called, and the others stand in its line', () => {
    const runs = ['t', 't', 'u'].map((throttle) => ({ throttle, places: [place('s', 1)] }))
    expect(lineUp(runs)).toEqual([null, 't', null])
  })

  it('in every line somebody before them was called, and never more than its limit', () => {
    const slots = fc.subarray(['a', 'b', 'c'])
    const newcomers = fc.array(fc.record({ slots, throttle: fc.option(fc.constantFrom('t', 'u')) }), { maxLength: 30 })
    const limits: Readonly<Record<string, number>> = { a: 1, b: 2, c: 3 }
    fc.assert(
      fc.property(newcomers, (drawn) => {
        const runs = drawn.map(({ slots, throttle }) => ({
          throttle,
          places: slots.map((slot) => place(slot, limits[slot] ?? 1)),
        }))
        const lines = lineUp(runs)
        for (const [at, line] of lines.entries()) {
          if (line === null) continue
          const called = runs.slice(0, at).filter((run, before) => {
            const asks = run.throttle === null ? run.places.map(({ slot }) => slot) : [run.throttle]
            return lines[before] === null && asks.includes(line)
          })
          expect(called).toHaveLength(limits[line] ?? 1)
        }
      }),
    )
  })
})
