import { bargainsBot } from '@/bargains/bot'
import type { BotFeature } from '@/bot/context'
import { careBot } from '@/giving/care/bot'

/** What each feature does in the chat: one entry a feature. */
export const features: readonly BotFeature[] = [bargainsBot, careBot]
