import type { IncomingMessage, ServerResponse } from 'node:http'
import { makeBell } from './bell.ts'
import { type Clock, makeClock } from './clock.ts'
import { makeControl } from './control.ts'
import { type Hooks, makeHooks } from './hooks/hooks.ts'
import { type Handler, listen, sendJson } from './http.ts'
import { type Inbox, makeInbox, type Smtp, startSmtp } from './mail/mail.ts'
import { makeResend, type Resend } from './mail/resend.ts'
import { type Market, startMarket } from './market/market.ts'
import { OTHER_SITES } from './market/sites/list.ts'
import { makeTelegram, type Telegram } from './telegram/telegram.ts'

/** The outside world on loopback: marketplaces, Telegram, an e-mail inbox and webhooks, in one process. */

export type WorldOptions = {
  readonly seed?: number
  /** 0, the default, takes any free port. `hooks` serves Discord, signed webhooks and Resend. */
  readonly ports?: {
    readonly market?: number
    readonly telegram?: number
    readonly smtp?: number
    readonly hooks?: number
  }
  readonly host?: '127.0.0.1'
  /** Where the clock starts from and how it runs; the real time when left out. */
  readonly now?: () => Date
  /** How many adverts there are to begin with; none when left out. */
  readonly adverts?: number
  /** Extra weight of each OLX page in kB: 0 gives 100 to 250 kB a full page, 900 about what the real one weighs. */
  readonly pageKilobytes?: number
}

export type World = {
  /** Everything that the app needs to know to live in this world. */
  readonly env: () => Record<string, string>
  readonly market: Market
  readonly telegram: Telegram & { readonly origin: string; readonly port: number }
  readonly mail: Omit<Inbox, 'add' | 'reset'> & Omit<Smtp, 'reset'> & { readonly resend: Resend }
  readonly hooks: Omit<Hooks, 'serve' | 'reset'> & { readonly origin: string }
  readonly clock: Clock
  /** Empties everything and heals every fault; addresses and clock stay. */
  readonly reset: () => void
  readonly close: () => Promise<void>
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { seed = 1, ports = {}, host = '127.0.0.1', adverts = 0, pageKilobytes = 0 } = options
  const clock = makeClock(options.now)
  const bell = makeBell()
  const inbox = makeInbox(clock, bell)
  const resend = makeResend(inbox)
  const hooks = makeHooks(clock, bell)
  const telegram = makeTelegram({ seed, clock, bell })
  const market = await startMarket({ seed, clock, bell, host, port: ports.market ?? 0, pageKilobytes })
  const smtp = await startSmtp(inbox, host, ports.smtp ?? 0)
  const hookServer = await listen(firstOf(hooks.serve, resend.serve), host, ports.hooks ?? 0)
  const parts = { market, telegram, inbox, bell, clock }
  const telegramServer = await listen(firstOf(telegram.serve, makeControl(parts)), host, ports.telegram ?? 0)
  const telegramOrigin = `http://${host}:${telegramServer.port}`
  const hookOrigin = `http://${host}:${hookServer.port}`
  if (adverts > 0) market.seedMarket(adverts)

  return {
    env: () => envOf(market.origin, telegramOrigin, telegram.token, smtp.port(), hookOrigin),
    market,
    telegram: { ...telegram, origin: telegramOrigin, port: telegramServer.port },
    mail: { ...inbox, ...smtp, resend },
    hooks: { ...hooks, origin: hookOrigin },
    clock,
    reset: () => {
      for (const part of [market, telegram, inbox, smtp, resend, hooks]) part.reset()
    },
    close: async () => {
      telegram.close()
      await Promise.all([market.close(), telegramServer.close(), hookServer.close(), smtp.down()])
    },
  }
}

type Door = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

function firstOf(...doors: readonly Door[]): Handler {
  return async (request, response) => {
    for (const door of doors) if (await door(request, response)) return
    sendJson(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
  }
}

/** Adverts of OLX Brasil stand at the host of their state. */
const OTHER_HOSTS = [...OTHER_SITES.flatMap(({ host }) => [host, `www.${host}`]), 'sp.olx.com.br']

/** `hooks.example.org` is any address that a member may paste for a signed webhook. */
function envOf(market: string, telegram: string, token: string, smtpPort: number, hooks: string) {
  const origins = {
    'www.olx.pl': market,
    'olx.pl': market,
    'www.otomoto.pl': market,
    'otomoto.pl': market,
    ...Object.fromEntries(OTHER_HOSTS.map((host) => [host, market])),
    'discord.com': hooks,
    'hooks.example.org': hooks,
  }
  return {
    TELEGRAM_API_ROOT: telegram,
    TELEGRAM_BOT_TOKEN: token,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    RESEND_BASE_URL: hooks,
    GLEANER_ORIGINS: JSON.stringify(origins),
    GLEANER_ALLOW_ORIGINS: '1',
  }
}
