import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Brand } from '@/ui/brand'
import { Shell } from '@/ui/shell'
import { creations, navigation } from '../../navigation'
import { chooseLanguage, signOut } from '../../shell-actions'
import { KitCharts } from './kit-charts'
import { KitControls } from './kit-controls'
import { KitOverlays } from './kit-overlays'
import { sampleShell } from './kit-samples'
import { KitShown } from './kit-shown'
import { KitTable } from './kit-table'

/** Every component in every state, for whoever builds with them. Exists in development only; its samples are not translated. */
export default function KitPage() {
  if (process.env.NODE_ENV === 'production') notFound()
  const entries = navigation.map(({ id, href, icon: Icon, key, half, phone = null, also = [] }) => ({
    id,
    href,
    key,
    phone,
    also,
    label: id,
    icon: <Icon aria-hidden />,
    section: half,
    count: id === 'matches' ? 12 : 0,
  }))
  return (
    <Shell
      data={sampleShell}
      entries={entries}
      creations={creations.map(({ href, on }) => ({ href, on, label: 'New watch' }))}
      actions={{ chooseLanguage, signOut }}
    >
      <div className="flex flex-col gap-10">
        <h1 className="flex items-center gap-3 font-bold text-title">
          <Brand /> The kit
        </h1>
        <Part title="Table">
          <KitTable />
        </Part>
        <Part title="Controls">
          <KitControls />
        </Part>
        <Part title="Shown">
          <KitShown />
        </Part>
        <Part title="Over the page">
          <KitOverlays />
        </Part>
        <Part title="Charts">
          <KitCharts />
        </Part>
      </div>
    </Shell>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      <h2 className="border-line border-b pb-1 font-bold text-touch">{title}</h2>
      {children}
    </section>
  )
}
