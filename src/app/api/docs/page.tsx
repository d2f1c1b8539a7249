import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { originOf } from '@/accounts/sessions/cookie'
import { Brand } from '@/ui/brand'
import { Card } from '@/ui/card'
import { LinkButton } from '@/ui/link-button'
import { runtime } from '@/wiring/runtime'
import { CodeBlock } from './code-block'
import { type Operation, readGroups } from './document'
import { Endpoint } from './endpoint'
import { Errors } from './errors'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('api'))('title') }
}

/** For anybody, signed in or not: it tells what calls there are, and nothing of whoever lives here. */
export default async function DocsPage() {
  const [t, shell] = [await getTranslations('api'), await getTranslations('shell')]
  const { env } = await runtime()
  const base = `${originOf(await headers(), env.APP_URL)}/api/v1`
  return (
    <main id="content" className="mx-auto flex w-full max-w-4xl flex-col gap-4 px-4 py-8">
      <Link href="/" className="self-start">
        <Brand name={shell('name')} />
      </Link>
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="font-bold text-title">{t('title')}</h1>
          <p className="text-ink-2">{t('intro')}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <LinkButton href="/settings/keys">{t('toKeys')}</LinkButton>
          <LinkButton href="/api/openapi.json" prefetch={false}>
            {t('document')}
          </LinkButton>
        </div>
      </header>
      <Card title={t('key')} hint={t('keyHint')}>
        <CodeBlock label={t('firstCall')}>
          {`GLEANER_KEY=glnr_…\ncurl '${base}/watches' \\\n  -H "Authorization: Bearer $GLEANER_KEY"`}
        </CodeBlock>
      </Card>
      <Card title={t('shape')}>
        <ul className="flex list-disc flex-col gap-1 pl-4">
          {(['json', 'money', 'pages', 'language'] as const).map((key) => (
            <li key={key}>{t(`shapes.${key}`)}</li>
          ))}
        </ul>
      </Card>
      {[...readGroups()].map(([group, operations]) => (
        <Group key={group} title={titleOf(group, t)} operations={operations} base={base} />
      ))}
      <Errors />
    </main>
  )
}

function Group({ title, operations, base }: { title: string; operations: readonly Operation[]; base: string }) {
  return (
    <Card title={title} flush>
      <div className="divide-y divide-line border-line border-t">
        {operations.map((operation) => (
          <Endpoint key={operation.id} operation={operation} base={base} />
        ))}
      </div>
    </Card>
  )
}

type Texts = Awaited<ReturnType<typeof getTranslations<'api'>>>

/** A new group is called as its router until it has its text. */
function titleOf(group: string, t: Texts): string {
  const key = `groups.${group}` as Parameters<Texts>[0]
  return t.has(key) ? t(key) : group
}
