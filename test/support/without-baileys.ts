import { registerHooks } from 'node:module'

// Loaded with `--import` into a process that is to run as if the optional package were not installed.
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!specifier.startsWith('@whiskeysockets/')) return nextResolve(specifier, context)
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' })
  },
})
