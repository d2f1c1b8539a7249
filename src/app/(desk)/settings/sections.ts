/** The pages of the settings, in their order; texts under `settings.sections`. */
export const settingsSections = ['workspace', 'account', 'channels', 'keys', 'installation'] as const
