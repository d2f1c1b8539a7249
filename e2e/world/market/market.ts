import type { Bell } from '../bell.ts'
import type { Clock } from '../clock.ts'
import { listen } from '../http.ts'
import type { Advert } from './advert.ts'
import { type Modes, makeModes } from './modes.ts'
import { offerUrl } from './olx-ad.ts'
import { carUrl } from './otomoto-page.ts'
import { makeRender } from './render.ts'
import { makeRequestLog, type RequestLog } from './request-log.ts'
import { makeRobots, type RobotsFiles } from './robots.ts'
import { makeMarketHandler } from './serve.ts'
import { OTHER_SITES } from './sites/list.ts'
import { makeStore, type Store } from './store.ts'

export type Market = Store &
  Omit<RequestLog, 'add' | 'enter' | 'reset'> &
  Pick<Modes, 'setMode'> &
  Pick<RobotsFiles, 'setRobots'> & {
    readonly origin: string
    readonly port: number
    readonly modeOf: Modes['of']
    /** The advert's own address, as alerts link to it. */
    readonly urlOf: (advert: Advert) => string
    /** Forgets adverts, modes and counters. */
    readonly reset: () => void
    readonly close: () => Promise<void>
  }

function urlOf(advert: Advert): string {
  const other = OTHER_SITES.find(({ site }) => site === advert.site)
  if (other !== undefined) return other.urlOf(advert)
  return advert.site === 'olx' ? offerUrl(advert) : carUrl(advert)
}

export type MarketSetting = {
  readonly seed: number
  readonly clock: Clock
  readonly bell: Bell
  readonly host: string
  readonly port: number
  /** Extra weight of each OLX page; the real ones carry about 1,100 kB of categories. */
  readonly pageKilobytes: number
}

export async function startMarket(setting: MarketSetting): Promise<Market> {
  let port = setting.port
  const photoRoot = () => `http://localhost:${port}`
  const store = makeStore({ ...setting, photoRoot })
  const modes = makeModes()
  const robots = makeRobots()
  const log = makeRequestLog()
  const render = makeRender(store, { clock: setting.clock, kilobytes: setting.pageKilobytes })
  const handler = makeMarketHandler({ clock: setting.clock, modes, robots, log, render, version: store.version })
  const server = await listen(handler, setting.host, setting.port)
  port = server.port
  const { reset, add: _add, enter: _enter, ...counters } = log
  return {
    ...store,
    ...counters,
    setMode: (host, mode, only) => {
      modes.setMode(host, mode, only)
      setting.bell.ring()
    },
    setRobots: robots.setRobots,
    modeOf: modes.of,
    origin: `http://${setting.host}:${port}`,
    port,
    urlOf,
    reset: () => {
      store.clear()
      modes.reset()
      robots.reset()
      reset()
    },
    close: server.close,
  }
}
