import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '@/accounts/rules-permissions'
import { TaskList } from '@/giving/tasks/ui/task-list'
import { HydrateClient } from '@/wiring/server'
import { requireMember } from '../../shell-data'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tasks'))('title') }
}

export default async function TasksPage() {
  const { workspace } = await requireMember()
  return (
    <HydrateClient>
      <TaskList canWrite={may(workspace.role, 'tasks.write')} timeZone={workspace.timeZone} />
    </HydrateClient>
  )
}
