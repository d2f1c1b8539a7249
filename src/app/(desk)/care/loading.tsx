import { PageSkeleton } from '@/ui/page-skeleton'

export default function Loading() {
  return <PageSkeleton rows={6} />
}
