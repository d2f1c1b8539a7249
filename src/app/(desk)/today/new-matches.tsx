import { getTranslations } from 'next-intl/server'
import { type MatchRow, priceBefore, priceOf, tagsOf } from '@/bargains/matches/ui/match-view'
import { Card } from '@/ui/card'
import { LinkButton } from '@/ui/link-button'
import { MatchTag } from '@/ui/match-tag'
import { Photo } from '@/ui/photo'
import { Price } from '@/ui/price'
import { api } from '@/wiring/server'

const SHOWN = 5

/** The other half's news: what became cheaper, and the newest matches that nobody has looked at. */
export async function NewMatches() {
  const [drops, fresh] = await Promise.all([
    api.matches.list({ cheaper: true, limit: SHOWN }),
    api.matches.list({ state: 'new', limit: SHOWN }),
  ])
  return (
    <>
      <MatchCard kind="drops" matches={drops.matches} href="/matches?state=cheaper" />
      <MatchCard kind="matches" matches={fresh.matches} href="/matches?state=new" />
    </>
  )
}

type MatchCardProps = { kind: 'drops' | 'matches'; matches: readonly MatchRow[]; href: string }

async function MatchCard({ kind, matches, href }: MatchCardProps) {
  const t = await getTranslations(`today.${kind}`)
  const all = (
    <LinkButton href={href} size="small">
      {t('all')}
    </LinkButton>
  )
  return (
    <Card title={t('title')} actions={all}>
      {matches.length === 0 && <p className="text-ink-3">{t('none')}</p>}
      <ul className="flex flex-col gap-3">
        {matches.map((match) => (
          <MatchItem key={match.id} match={match} />
        ))}
      </ul>
    </Card>
  )
}

function MatchItem({ match }: { match: MatchRow }) {
  return (
    <li className="flex items-center gap-3">
      <Photo src={match.listing.photos[0]} alt="" />
      <div className="min-w-0">
        <a href={`/watches/${match.watchId}?match=${match.id}`} className="line-clamp-2 font-medium">
          {match.listing.title}
        </a>
        <p className="flex flex-wrap items-center gap-2 text-table">
          <Price kind={match.listing.price.kind} value={priceOf(match)} before={priceBefore(match)} />
          {tagsOf(match).map((kind) => (
            <MatchTag key={kind} kind={kind} />
          ))}
        </p>
      </div>
    </li>
  )
}
