'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Field } from '@/ui/field'
import { RadioGroup } from '@/ui/radio-group'
import { Select } from '@/ui/select'
import { fieldsOf } from '../rules'
import { missingFields } from '../rules-columns'
import type { ShownImport } from '../schema'

type Answers = {
  encoding?: ShownImport['reading']['encoding']
  mapping?: Record<string, number>
  dateOrder?: 'dmy' | 'mdy'
  decimalMark?: ',' | '.'
}

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1252'] as const

/** What the file leaves open, and which column is which. */
export function ImportSettings({ shown, onDone }: { shown: ShownImport; onDone: () => void }) {
  const t = useTranslations('imports')
  const { reading, kind, id } = shown
  const [trpc, client] = [useTRPC(), useQueryClient()]
  const [answers, setAnswers] = useState<Answers>({})
  const settle = useMutation(
    trpc.imports.settle.mutationOptions({
      onSuccess: onDone,
      onSettled: () => client.invalidateQueries({ queryKey: trpc.imports.pathKey() }),
    }),
  )
  const change = (part: Answers) => setAnswers({ ...answers, ...part })
  const asks = (question: (typeof reading.questions)[number]) => reading.questions.includes(question)
  const mapping = answers.mapping ?? reading.mapping
  const open =
    (asks('dateOrder') && !answers.dateOrder) ||
    (asks('decimalMark') && !answers.decimalMark) ||
    missingFields(kind, mapping).length > 0
  const send = (event: FormEvent) => {
    event.preventDefault()
    settle.mutate({ id, ...answers })
  }
  return (
    <Card title={t('question.title')}>
      <form onSubmit={send} className="flex flex-col gap-5">
        {asks('dateOrder') && (
          <RadioGroup
            label={t('question.dateOrder')}
            options={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`question.${value}`) }))}
            value={answers.dateOrder ?? null}
            onChange={(dateOrder) => change({ dateOrder })}
          />
        )}
        {asks('decimalMark') && (
          <RadioGroup
            label={t('question.decimalMark')}
            options={[
              { value: ',' as const, label: t('question.comma') },
              { value: '.' as const, label: t('question.point') },
            ]}
            value={answers.decimalMark ?? null}
            onChange={(decimalMark) => change({ decimalMark })}
          />
        )}
        {asks('columns') && <p>{t('question.columns')}</p>}
        <Columns shown={shown} mapping={mapping} onChange={(next) => change({ mapping: next })} />
        <Field label={t('encoding')}>
          <Select
            options={ENCODINGS.map((value) => ({ value, label: value }))}
            value={answers.encoding ?? reading.encoding}
            onChange={(encoding) => change({ encoding })}
          />
        </Field>
        <Button type="submit" variant="primary" className="self-start" disabled={open} busy={settle.isPending}>
          {t('question.save')}
        </Button>
      </form>
    </Card>
  )
}

type ColumnsProps = {
  shown: ShownImport
  mapping: Record<string, number>
  onChange: (mapping: Record<string, number>) => void
}

const NOWHERE = 'none'

function Columns({ shown: { kind, reading }, mapping, onChange }: ColumnsProps) {
  const t = useTranslations('imports')
  const missing = missingFields(kind, mapping)
  const options = [
    { value: NOWHERE, label: t('question.none') },
    ...reading.header.map((label, at) => ({
      value: String(at),
      label: label || `${at + 1}`,
      hint: reading.samples[0]?.[at],
    })),
  ]
  const choose = (field: string, value: string) => {
    const { [field]: _, ...others } = mapping
    onChange(value === NOWHERE ? others : { ...others, [field]: Number(value) })
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {fieldsOf(kind).map((field) => (
        // Every field of both kinds has its name in the texts.
        <Field key={field} label={`${t(`field.${field}` as 'field.amount')}${missing.includes(field) ? ' *' : ''}`}>
          <Select
            options={options}
            value={String(mapping[field] ?? NOWHERE)}
            onChange={(value) => choose(field, value)}
          />
        </Field>
      ))}
    </div>
  )
}
