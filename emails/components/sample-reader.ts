import type { MailReader } from './mail-words'

/** Whom the previews of letters are drawn for. */
export const READER: MailReader = {
  locale: 'en',
  timeZone: 'Europe/Warsaw',
  buttons: [
    { label: 'Called', url: 'https://gleaner.example/act/Y2FsbGVkfHNhbXBsZQ.c2lnbmF0dXJl' },
    { label: 'Open', url: 'https://gleaner.example/contacts/1' },
  ],
  settingsUrl: 'https://gleaner.example/settings/channels',
}
