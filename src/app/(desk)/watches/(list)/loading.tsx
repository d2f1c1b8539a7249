import { PageSkeleton } from '@/bargains/watches/ui/page-skeleton'

export default function Loading() {
  return <PageSkeleton rows={8} />
}
