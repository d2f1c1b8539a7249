'use client'

import { Card } from '@/ui/card'
import { MonthChart } from '@/ui/month-chart'
import { PriceChart } from '@/ui/price-chart'
import { Sparkline } from '@/ui/sparkline'
import { Thermometer } from '@/ui/thermometer'
import { SAMPLE_NOW } from './kit-samples'

const DAY_MS = 86_400_000
const points = [
  [41, '75000'],
  [33, '72000'],
  [18, '69900'],
  [6, '72000'],
  [1, '65000'],
].map(([days, amount]) => ({ at: new Date(SAMPLE_NOW - Number(days) * DAY_MS), amount: String(amount) }))

const months = Array.from({ length: 12 }, (_, place) => ({
  month: `2026-${String(place + 1).padStart(2, '0')}`,
  value: 2400 + ((place * 731) % 1900),
  before: 2100 + ((place * 523) % 1500),
}))

export function KitCharts() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Price history">
        <PriceChart
          label="Price of the advert over time"
          currency="PLN"
          points={points}
          range={{ low: '60000', median: '71000', high: '82000' }}
          until={new Date(SAMPLE_NOW)}
        />
      </Card>
      <Card title="Giving by month">
        <MonthChart label="Gifts by month" months={months} show={(value) => `${Math.round(value)} zł`} />
      </Card>
      <Card>
        <Thermometer
          label="Monthly support"
          inHand={{ amount: 842000n, currency: 'PLN' }}
          promised={{ amount: 310000n, currency: 'PLN' }}
          goal={{ amount: 1800000n, currency: 'PLN' }}
        />
      </Card>
      <Card title="Word-sized">
        <div className="flex gap-6">
          <Sparkline values={[2, 3, 2, 5, 3]} label="New adverts in 5 days: 2, 3, 2, 5, 3" />
          <Sparkline kind="line" values={[75, 72, 69, 72, 65]} label="Price: 75, 72, 69, 72, 65" />
        </div>
      </Card>
    </div>
  )
}
