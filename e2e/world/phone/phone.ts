import { readFileSync } from 'node:fs'
import type { Parts } from '../control.ts'

/** The demo user's Telegram, the inbox and the market's levers on one page, for a visitor who owns no bot. */

const PAGE = new URL('./phone.html', import.meta.url)

export function phonePage({ market, telegram }: Parts): string {
  const facts = JSON.stringify({ bot: telegram.bot.username, market: `http://localhost:${market.port}` })
  return readFileSync(PAGE, 'utf8').replace('"__FACTS__"', () => facts)
}

/** What the page shows, in one reading. */
export function deskOf({ market, telegram, inbox, clock }: Parts, user: string) {
  const player = telegram.user(user)
  const newest = [...market.adverts.values()]
    .filter((advert) => advert.state === 'active')
    .sort((a, b) => b.refreshedAt.getTime() - a.refreshedAt.getTime())
  return {
    now: clock.now(),
    chat: telegram
      .chat(player.chatId)
      .messages.filter((message) => !message.deleted)
      .slice(-60),
    mail: inbox.messages.slice(-30).reverse(),
    market: {
      modes: { olx: market.modeOf('olx.pl'), otomoto: market.modeOf('otomoto.pl') },
      adverts: newest.slice(0, 8).map((advert) => ({
        id: advert.id,
        title: advert.title,
        price: advert.price.amount,
        city: advert.city.name,
        photo: advert.photos[0] ?? null,
        url: market.urlOf(advert),
      })),
      searches: searchesOf(market.requests.map((asking) => `${asking.host}${asking.path}`)),
    },
  }
}

/** The searches that the app has asked for, newest first: what a published advert should match. */
function searchesOf(asked: readonly string[]): readonly string[] {
  const pages = asked.filter((path) => path.startsWith('o') && !/\/oferta\/|\/api\/|favicon/.test(path))
  const urls = pages.map((path) => new URL(`https://www.${path}`))
  for (const url of urls) url.searchParams.delete('page')
  return [...new Set(urls.map(String).reverse())].slice(0, 12)
}
