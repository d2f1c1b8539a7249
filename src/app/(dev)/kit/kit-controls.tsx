'use client'

import { ExternalLink, Plus, RefreshCw, Settings, Star } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Checkbox } from '@/ui/checkbox'
import { Combobox } from '@/ui/combobox'
import { CopyField } from '@/ui/copy-field'
import { Field } from '@/ui/field'
import { IconButton } from '@/ui/icon-button'
import { Input } from '@/ui/input'
import { LinkButton } from '@/ui/link-button'
import { RadioGroup } from '@/ui/radio-group'
import { SearchField } from '@/ui/search-field'
import { Segmented } from '@/ui/segmented'
import { Select } from '@/ui/select'
import { Switch } from '@/ui/switch'
import { TagInput } from '@/ui/tag-input'
import { Textarea } from '@/ui/textarea'

const intervals = [
  { value: 'PT10M', label: 'Every 10 minutes' },
  { value: 'PT30M', label: 'Every 30 minutes' },
  { value: 'PT1H', label: 'Every hour', hint: 'Kind to the marketplace' },
  { value: 'PT1M', label: 'Every minute', disabled: true },
]

export function KitControls() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <KitButtons />
      <KitFields />
      <KitChoices />
      <Card title="Secrets and search">
        <div className="flex flex-col gap-4">
          <CopyField label="API key" value="glnr_5Yq2vXa8RkT0" once />
          <KitSearch />
        </div>
      </Card>
    </div>
  )
}

function KitSearch() {
  const [query, setQuery] = useState('')
  return <SearchField label="Search watches" value={query} onChange={setQuery} />
}

function KitButtons() {
  return (
    <Card title="Buttons">
      <div className="flex flex-col gap-3">
        <Row>
          <Button variant="primary" icon={<Plus aria-hidden />}>
            New watch
          </Button>
          <Button>Save</Button>
          <Button variant="ghost">Cancel</Button>
          <Button variant="danger">Delete</Button>
          <Button variant="link">Show all</Button>
        </Row>
        <Row>
          <Button size="small" variant="primary">
            Small
          </Button>
          <Button size="small" icon={<RefreshCw aria-hidden />}>
            Scan now
          </Button>
          <Button busy variant="primary">
            Saving
          </Button>
          <Button disabled>Disabled</Button>
          <LinkButton href="/kit" icon={<ExternalLink aria-hidden />}>
            A link
          </LinkButton>
        </Row>
        <Row>
          <IconButton label="Favourite" shortcut="F" icon={<Star aria-hidden />} />
          <IconButton label="Settings" variant="secondary" icon={<Settings aria-hidden />} />
          <IconButton label="Scan now" size="small" variant="secondary" icon={<RefreshCw aria-hidden />} />
          <IconButton label="Off" disabled icon={<Star aria-hidden />} />
        </Row>
      </div>
    </Card>
  )
}

function KitFields() {
  const [interval, setInterval] = useState<string | null>('PT10M')
  const [place, setPlace] = useState<string | null>(null)
  const [words, setWords] = useState(['gazelle', 'batavus'])
  return (
    <Card title="Fields">
      <div className="flex flex-col gap-4">
        <Field label="Name" hint="Shown in the list and in messages.">
          <Input defaultValue="Rower miejski Kraków" />
        </Field>
        <Field label="Address" error="This is the page of one advert. Paste the address of a search.">
          <Input defaultValue="https://www.olx.pl/d/oferta/rower" />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="From">
            <Input numeric after="zł" placeholder="0" />
          </Field>
          <Field label="To" optional="optional">
            <Input numeric after="zł" defaultValue="900" />
          </Field>
        </div>
        <Field label="Interval">
          <Select options={intervals} value={interval} onChange={setInterval} />
        </Field>
        <Field label="Place">
          <Combobox
            placeholder="Type to find"
            value={place}
            onChange={setPlace}
            options={['Kraków', 'Łódź', 'Wieliczka', 'Skawina', 'Bochnia'].map((name) => ({
              value: name,
              label: name,
            }))}
          />
        </Field>
        <Field label="Words wanted" hint="Enter after each.">
          <TagInput value={words} onChange={setWords} placeholder="gazelle" />
        </Field>
        <Field label="Note">
          <Textarea placeholder="Only you and your team see it." />
        </Field>
        <Field label="Switched off" disabled>
          <Input defaultValue="Cannot be changed" />
        </Field>
      </div>
    </Card>
  )
}

function KitChoices() {
  const [on, setOn] = useState(true)
  const [ticked, setTicked] = useState(true)
  const [when, setWhen] = useState('once')
  const [period, setPeriod] = useState('30')
  return (
    <Card title="Choices">
      <div className="flex flex-col gap-4">
        <Field label="Tell me" inline hint="Off: the watch goes on and stays silent.">
          <Switch checked={on} onChange={setOn} />
        </Field>
        <Row>
          <Switch label="Off" checked={false} onChange={() => {}} />
          <Switch label="Cannot be changed" checked disabled onChange={() => {}} />
          <Checkbox label="Some" checked={false} indeterminate onChange={() => {}} />
          <Checkbox label="None" checked={false} onChange={() => {}} />
          <Checkbox label="Cannot be changed" checked disabled onChange={() => {}} />
        </Row>
        <Field label="Also by e-mail" inline>
          <Checkbox checked={ticked} onChange={setTicked} />
        </Field>
        <RadioGroup
          label="When to tell"
          value={when}
          onChange={setWhen}
          options={[
            { value: 'once', label: 'At once', hint: 'Within seconds of its being seen.' },
            { value: 'digest', label: 'In a digest', hint: 'Once a day, at 8:00.' },
            { value: 'never', label: 'Never', disabled: true },
          ]}
        />
        <Segmented
          label="Period"
          value={period}
          onChange={setPeriod}
          options={[
            { value: '7', label: '7 days' },
            { value: '30', label: '30 days' },
            { value: '365', label: 'A year' },
          ]}
        />
      </div>
    </Card>
  )
}

function Row({ children }: { children: React.ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>
}
