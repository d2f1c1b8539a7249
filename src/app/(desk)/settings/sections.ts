/** The pages of the settings, in their order; texts under `settings.sections`. */
export const settingsSections = ['workspace', 'members', 'account', 'channels', 'keys', 'installation'] as const
