import { EventList } from '@/jobs/ui/event-list'

export default function EventsPage() {
  return <EventList />
}
