'use client'

import { Inbox } from 'lucide-react'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { Kbd } from '@/ui/kbd'
import { MatchTag, type MatchTagKind } from '@/ui/match-tag'
import { Money } from '@/ui/money'
import { PageHeader } from '@/ui/page-header'
import { Photo } from '@/ui/photo'
import { Price } from '@/ui/price'
import { Progress } from '@/ui/progress'
import { Skeleton } from '@/ui/skeleton'
import { Spinner } from '@/ui/spinner'
import { Stat } from '@/ui/stat'
import { StatusDot } from '@/ui/status-dot'
import { Tabs } from '@/ui/tabs'
import { SAMPLE_NOW } from './kit-samples'

const tags: MatchTagKind[] = ['new', 'cheaper', 'lowest', 'again', 'gone', 'repost', 'favourite']
const tones = ['neutral', 'wheat', 'sage', 'good', 'warn', 'bad', 'info'] as const

export function KitShown() {
  return (
    <>
      <Card>
        <PageHeader
          title="Rower miejski Kraków"
          mark={<StatusDot tone="good" label="Runs" quiet />}
          summary="Read 2 minutes ago, 41 adverts, next in 8 minutes"
          back={{ href: '/kit', label: 'Watches' }}
          actions={<Button>Scan now</Button>}
        >
          <Tabs
            label="Watch"
            current="matches"
            tabs={[
              { id: 'matches', label: 'Matches', href: '/kit', count: 41 },
              { id: 'filter', label: 'Filter', href: '/kit?tab=filter' },
              { id: 'prices', label: 'Prices', href: '/kit?tab=prices' },
              { id: 'log', label: 'Log', href: '/kit?tab=log' },
            ]}
          />
        </PageHeader>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Stat
            big
            label="In hand this month"
            value={<Money value={{ amount: 1234550n, currency: 'PLN' }} />}
            note="of 18,000 zł"
          />
          <Stat label="Seen to sent" value="1.4 s" note="half of them sooner" />
          <Stat label="Cheapest" value={<Money value={{ amount: '12000', currency: 'PLN' }} />} href="/kit" />
          <Stat
            label="Median"
            value={<Money value={{ amount: '74900', currency: 'EUR' }} />}
            note="of 38 comparables"
          />
        </div>
      </Card>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title="Words about things">
          <div className="flex flex-col gap-3">
            <div className="flex flex-wrap gap-1.5">
              {tags.map((kind) => (
                <MatchTag key={kind} kind={kind} />
              ))}
            </div>
            <div className="flex flex-wrap gap-1.5">
              {tones.map((tone) => (
                <Badge key={tone} tone={tone}>
                  {tone}
                </Badge>
              ))}
            </div>
            <div className="flex flex-wrap gap-4">
              <StatusDot tone="good" label="Runs" />
              <StatusDot tone="warn" shape="triangle" label="Blocked" />
              <StatusDot tone="bad" shape="triangle" label="Changed" />
              <StatusDot tone="info" shape="half" label="Reading" />
              <StatusDot tone="neutral" shape="ring" label="Paused" />
            </div>
            <div className="flex flex-wrap items-baseline gap-5">
              <Price
                kind="fixed"
                value={{ amount: '65000', currency: 'PLN' }}
                before={{ amount: '75000', currency: 'PLN' }}
              />
              <Price
                kind="fixed"
                value={{ amount: '79900', currency: 'PLN' }}
                before={{ amount: '75000', currency: 'PLN' }}
              />
              <Price kind="free" value={null} />
              <Price kind="unknown" value={null} />
            </div>
            <p className="text-ink-2">
              <DateTime value={SAMPLE_NOW} /> · <DateTime value={SAMPLE_NOW} show="date" /> ·{' '}
              <DateTime value={SAMPLE_NOW} show="time" /> · <Kbd keys="G W" />
            </p>
            <p className="text-ink-3 text-meta">
              Meta in ink-3. <span className="text-wheat-ink">A link in wheat.</span>{' '}
              <span className="text-sage-ink">And in sage.</span>
            </p>
          </div>
        </Card>
        <Card title="Waiting">
          <div className="flex flex-col gap-4">
            <Progress label="Reading rows" done={1240} total={5000} secondsLeft={95} />
            <Progress label="Looking for adverts" done={37} total={null} />
            <div className="flex items-center gap-3">
              <Spinner />
              <Skeleton className="w-40" />
            </div>
            <div className="flex gap-3">
              <Photo src={null} alt="" />
              <Photo src="data:image/png;base64,AAAA" alt="" />
              <Photo src={null} alt="" size="medium" />
            </div>
          </div>
        </Card>
        <Card flush>
          <EmptyState
            icon={<Inbox aria-hidden />}
            title="Nothing needs you."
            description="Next check at 06:00."
            action={<Button>Add something</Button>}
          />
        </Card>
        <Card flush>
          <ErrorState code="4711" onRetry={() => {}} />
        </Card>
      </div>
    </>
  )
}
