import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTick, parseCron } from './rules-cron'

/** The ticks after a moment, as ISO times without seconds. */
function ticks(cron: string, after: string, count: number): string[] {
  const parsed = parseCron(cron)
  const found: string[] = []
  for (let from: Date | null = new Date(after); from && found.length < count; ) {
    from = nextTick(parsed, from)
    if (from) found.push(from.toISOString().slice(0, 16))
  }
  return found
}

describe('the ticks of a schedule', () => {
  it('every ten minutes goes on over the hour', () => {
    expect(ticks('*/10 * * * *', '2026-01-01T10:45:00Z', 3)).toEqual([
      '2026-01-01T10:50',
      '2026-01-01T11:00',
      '2026-01-01T11:10',
    ])
  })

  it('Monday at 8 in Warsaw is 7:00 UTC in winter and 6:00 in summer', () => {
    expect(ticks('TZ=Europe/Warsaw 0 8 * * 1', '2026-03-20T00:00:00Z', 2)).toEqual([
      '2026-03-23T07:00',
      '2026-03-30T06:00',
    ])
  })

  it('an hour that the clock skips in spring ticks once', () => {
    expect(ticks('TZ=Europe/Warsaw 30 2 * * *', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ])
  })

  it('an hour that the clock repeats in autumn ticks once, the first time', () => {
    expect(ticks('TZ=Europe/Warsaw 30 2 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ])
  })

  it('a schedule of every hour leaves no gap when the clock is set back', () => {
    expect(ticks('TZ=Europe/Warsaw 0 * * * *', '2026-10-24T23:30:00Z', 4)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
      '2026-10-25T03:00',
    ])
  })

  it('a day of month and a day of week together mean either', () => {
    expect(ticks('0 0 13 * 5', '2026-02-01T00:00:00Z', 3)).toEqual([
      '2026-02-06T00:00',
      '2026-02-13T00:00',
      '2026-02-20T00:00',
    ])
  })

  it('names, lists, ranges, steps and nicknames are read', () => {
    expect(ticks('15 6-8/2 1 jan,JUL *', '2026-01-01T07:00:00Z', 2)).toEqual(['2026-01-01T08:15', '2026-07-01T06:15'])
    expect(ticks('@weekly', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-04T00:00'])
    expect(ticks('0 0 * * 7', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-04T00:00'])
  })

  it('29 February is found, 30 February never comes', () => {
    expect(ticks('0 0 29 2 *', '2026-01-01T00:00:00Z', 1)).toEqual(['2028-02-29T00:00'])
    expect(ticks('0 0 30 2 *', '2026-01-01T00:00:00Z', 1)).toEqual([])
  })

  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '*/0 * * * *',
    '5-1 * * * *',
    'TZ=Nowhere/No * * * * *',
    'a b c d e',
  ])('"%s" is refused with its own text', (text) => {
    expect(() => parseCron(text)).toThrow(`not a cron expression: ${text}`)
  })

  it('the next tick of any minute and hour is later, at that time, and within two days', () => {
    const zones = ['UTC', 'Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']
    const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(fc.nat(59), fc.nat(23), fc.constantFrom(...zones), moments, (minute, hour, zone, after) => {
        const tick = nextTick(parseCron(`TZ=${zone} ${minute} ${hour} * * *`), after)
        const hours = ((tick?.getTime() ?? 0) - after.getTime()) / 3_600_000
        expect(hours).toBeGreaterThan(0)
        expect(hours).toBeLessThanOrEqual(26)
      }),
    )
  })
})
