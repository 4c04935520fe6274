import type { DEFAULT_CONNECTION_CONFIG } from '@whiskeysockets/baileys'

type Logger = typeof DEFAULT_CONNECTION_CONFIG.logger

const nothing = () => {}

/** A logger for Baileys that drops every line. */
export const silentLogger: Logger = {
  level: 'silent',
  child: () => silentLogger,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
}
