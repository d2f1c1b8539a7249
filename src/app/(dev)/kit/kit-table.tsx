'use client'

import { EyeOff, Pause, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { DataTable } from '@/ui/data-table'
import type { Column } from '@/ui/data-table-model'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { IconButton } from '@/ui/icon-button'
import { LinkButton } from '@/ui/link-button'
import { MatchTag } from '@/ui/match-tag'
import { Menu } from '@/ui/menu'
import { Photo } from '@/ui/photo'
import { Price } from '@/ui/price'
import { Segmented } from '@/ui/segmented'
import { SidePanel } from '@/ui/side-panel'
import { Sparkline } from '@/ui/sparkline'
import { StatusDot } from '@/ui/status-dot'
import { useToast } from '@/ui/toast'
import { type SampleMatch, type SampleWatch, sampleMatches, sampleWatches } from './kit-samples'

const states = {
  runs: { tone: 'good', shape: 'full', label: 'Runs' },
  blocked: { tone: 'warn', shape: 'triangle', label: 'Blocked' },
  paused: { tone: 'neutral', shape: 'ring', label: 'Paused' },
} as const

const watchColumns: Column<SampleWatch>[] = [
  {
    id: 'state',
    header: 'Status',
    headerHidden: true,
    width: '32px',
    phone: 'mark',
    cell: (row) => <StatusDot quiet {...states[row.state]} />,
  },
  { id: 'name', header: 'Watch', phone: 'title', sortValue: (row) => row.name, cell: (row) => row.name },
  { id: 'source', header: 'Source', width: '170px', cell: (row) => row.source },
  { id: 'every', header: 'Every', width: '90px', hideBelow: 'lg', phone: 'hidden', cell: (row) => row.every },
  {
    id: 'checked',
    header: 'Checked',
    width: '150px',
    hideBelow: 'md',
    descFirst: true,
    sortValue: (row) => row.checkedAt,
    cell: (row) =>
      row.state === 'blocked' ? (
        <span className="text-warn-ink">blocked since 14:02</span>
      ) : (
        row.checkedAt && <DateTime value={row.checkedAt} />
      ),
  },
  {
    id: 'fresh',
    header: 'New today',
    width: '90px',
    align: 'end',
    phone: 'aside',
    sortValue: (row) => row.fresh,
    cell: (row) => row.fresh || '',
  },
  {
    id: 'week',
    header: 'Week',
    headerHidden: true,
    width: '84px',
    hideBelow: 'md',
    phone: 'hidden',
    cell: (row) => <Sparkline values={row.week} label={`New adverts in 7 days: ${row.week.join(', ')}`} />,
  },
]

const matchColumns: Column<SampleMatch>[] = [
  {
    id: 'photo',
    header: 'Photo',
    headerHidden: true,
    width: '76px',
    phone: 'photo',
    cell: (row) => <Photo src={row.photo} alt="" />,
  },
  { id: 'title', header: 'Advert', phone: 'title', sortValue: (row) => row.title, cell: (row) => row.title },
  {
    id: 'tags',
    header: 'Tags',
    headerHidden: true,
    width: '190px',
    hideBelow: 'md',
    cell: (row) =>
      row.tags.length > 0 && (
        <span className="flex gap-1">
          {row.tags.map((kind) => (
            <MatchTag key={kind} kind={kind} />
          ))}
        </span>
      ),
  },
  { id: 'place', header: 'Place', width: '190px', hideBelow: 'lg', cell: (row) => row.place },
  {
    id: 'seen',
    header: 'Seen',
    width: '110px',
    hideBelow: 'md',
    descFirst: true,
    sortValue: (row) => row.seen,
    cell: (row) => <DateTime value={row.seen} />,
  },
  {
    id: 'price',
    header: 'Price',
    width: '190px',
    align: 'end',
    phone: 'aside',
    sortValue: (row) => BigInt(row.amount),
    cell: (row) => (
      <Price
        kind="fixed"
        value={{ amount: row.amount, currency: 'PLN' }}
        before={row.before ? { amount: row.before, currency: 'PLN' } : null}
      />
    ),
  },
]

type View = 'ready' | 'loading' | 'error' | 'empty'

export function KitTable() {
  const [view, setView] = useState<View>('ready')
  const [openId, setOpenId] = useState<string | null>(null)
  const toast = useToast()
  const at = sampleMatches.findIndex((match) => match.id === openId)
  const open = sampleMatches[at]
  const step = (by: number) => sampleMatches[at + by] && (() => setOpenId(sampleMatches[at + by]?.id ?? null))
  return (
    <>
      <Segmented
        label="State of the tables"
        value={view}
        onChange={setView}
        options={[
          { value: 'ready', label: 'Full' },
          { value: 'loading', label: 'Loading' },
          { value: 'error', label: 'Error' },
          { value: 'empty', label: 'Empty' },
        ]}
      />
      <DataTable
        label="Watches"
        columns={watchColumns}
        rows={view === 'empty' ? [] : sampleWatches}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        state={view === 'empty' ? 'ready' : view}
        onRetry={() => setView('ready')}
        rowHref={(row) => `/kit?watch=${row.id}`}
        keys={false}
        isMuted={(row) => row.state === 'paused'}
        empty={
          <EmptyState
            title="No watches yet"
            action={
              <LinkButton href="/kit" variant="primary">
                New watch
              </LinkButton>
            }
          />
        }
        rowMenu={(row) => (
          <Menu
            label={`Actions for ${row.name}`}
            items={[
              {
                label: 'Pause',
                icon: <Pause aria-hidden />,
                onSelect: () => toast.done('Paused', { onUndo: () => toast.told('Runs again') }),
              },
              { kind: 'separator' },
              { label: 'Delete', icon: <Trash2 aria-hidden />, danger: true },
            ]}
          />
        )}
      />
      {view === 'ready' && (
        <Card flush title="Matches" hint="240 rows, drawn as they come into sight">
          <DataTable
            label="Matches"
            columns={matchColumns}
            rows={sampleMatches}
            rowId={(row) => row.id}
            rowName={(row) => row.title}
            density="photo"
            defaultSort={{ id: 'seen', desc: true }}
            onOpen={(row) => setOpenId(row.id)}
            openId={openId}
            isMuted={(row) => row.gone}
            rowKeys={{
              e: (row) => toast.told(`Ignored ${row.title}`),
              f: (row) => toast.done(`Favourite: ${row.title}`),
            }}
            bulkActions={(rows, clear) => (
              <>
                <Button size="small" icon={<Star aria-hidden />} onClick={clear}>
                  Favourite
                </Button>
                <Button
                  size="small"
                  icon={<EyeOff aria-hidden />}
                  onClick={() => {
                    toast.done(`${rows.length} ignored`, { onUndo: () => {} })
                    clear()
                  }}
                >
                  Ignore
                </Button>
              </>
            )}
            rowActions={() => (
              <>
                <IconButton size="small" label="Favourite" shortcut="F" icon={<Star aria-hidden />} />
                <IconButton size="small" label="Ignore" shortcut="E" icon={<EyeOff aria-hidden />} />
              </>
            )}
            empty={null}
          />
        </Card>
      )}
      <SidePanel
        open={Boolean(open)}
        onClose={() => setOpenId(null)}
        title={open?.title ?? ''}
        subtitle={open?.place}
        onPrevious={step(-1)}
        onNext={step(1)}
        actions={<IconButton size="small" label="Favourite" icon={<Star aria-hidden />} />}
        footer={<Button variant="primary">Open at OLX.pl</Button>}
      >
        <Photo src={open?.photo} alt={open?.title ?? ''} size="wide" />
      </SidePanel>
    </>
  )
}
