import type pg from 'pg'
import { z } from 'zod'

/** The role that the program's ordinary connections work under. */
export const appRole = 'lopo_app'

/** Whether the role is there and has exactly the rights it should; else why the login must do everything itself. */
export type AppRole = { readonly role: string } | { readonly role: undefined; readonly why: string }

/** Tables to which rows may be added, and nothing else: the columns that may be given, where not all may. */
const growingTables = ['audit_entry', 'audit_seal']
const entryColumns = '(at, actor_type, actor_id, action, subject, outcome, details)'
/** The program's own tables, and those of the job queue. */
const schemas = `(current_schema(), 'pgboss')`

const lockKey = `hashtextextended('lopo role', 0)`

const stateRow = z.object({
  canCreate: z.boolean(),
  exists: z.boolean(),
  isMember: z.boolean(),
  lacking: z.string().nullable(),
  excess: z.string().nullable(),
  version: z.number(),
})
type RoleState = z.infer<typeof stateRow>

/**
 * Sees to it that the role may do on the database of the login's connection what the program does every day, and may not
 * change the trail. Call it after migrating. Several processes may call it at once; what is right already is left alone.
 */
export async function prepareAppRole(client: pg.Client): Promise<AppRole> {
  try {
    if (flawOf(await readState(client)) === undefined) return { role: appRole }
    // Two at once would get in each other's way in the catalogue.
    await client.query(`SELECT pg_advisory_lock(${lockKey})`)
    await makeRight(client).finally(() => client.query(`SELECT pg_advisory_unlock(${lockKey})`))
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { role: undefined, why: error.message }
  }
  const flaw = flawOf(await readState(client))
  return flaw === undefined ? { role: appRole } : { role: undefined, why: flaw }
}

async function makeRight(client: pg.Client): Promise<void> {
  const state = await readState(client)
  if (!state.exists) {
    // An ordinary login makes no roles: there is nothing to give rights to then.
    if (!state.canCreate) return
    await makeRole(client)
  }
  if (!(await readState(client)).isMember) await joinRole(client, state)
  await grant(client, state)
}

async function readState(client: pg.Client): Promise<RoleState> {
  const { rows } = await client.query(stateSql, [appRole, growingTables])
  return stateRow.parse(rows[0])
}

function flawOf({ exists, isMember, lacking, excess }: RoleState): string | undefined {
  if (!exists) return `the role ${appRole} is missing, and the login may not create it`
  if (!isMember) return `the login is no member of the role ${appRole}`
  if (lacking !== null) return `the role ${appRole} lacks rights on ${lacking}`
  if (excess !== null) return `the role ${appRole} has too many rights on ${excess}`
  return undefined
}

/** Roles belong to the server, not to the database: another database's processes may be at it too. */
async function makeRole(client: pg.Client): Promise<void> {
  await client.query(`CREATE ROLE ${appRole} NOLOGIN`).catch((error) => {
    if (!isAlreadyThere(error)) throw error
  })
}

async function joinRole(client: pg.Client, { version }: RoleState): Promise<void> {
  const how = version >= 160_000 ? ' WITH SET TRUE' : ''
  await client.query(`GRANT ${appRole} TO CURRENT_USER${how}`).catch((error) => {
    if (!isRefusal(error) && !isAlreadyThere(error)) throw error
  })
}

async function grant(client: pg.Client, { version }: RoleState): Promise<void> {
  const { rows } = await client.query(
    `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname IN ${schemas}`,
  )
  const names = z.array(z.object({ name: z.string() })).parse(rows)
  await client.query('BEGIN')
  try {
    for (const sql of grants(
      names.map(({ name }) => name),
      version,
    )) {
      await client.query(sql)
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

function grants(names: readonly string[], version: number): readonly string[] {
  const rows = 'SELECT, INSERT, UPDATE, DELETE'
  const numbers = 'USAGE, SELECT'
  return [
    // What migrations and the job queue make later gets the same by itself.
    `ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${appRole}`,
    `ALTER DEFAULT PRIVILEGES GRANT ${rows} ON TABLES TO ${appRole}`,
    `ALTER DEFAULT PRIVILEGES GRANT ${numbers} ON SEQUENCES TO ${appRole}`,
    ...names.flatMap((name) => [
      `GRANT USAGE ON SCHEMA ${name} TO ${appRole}`,
      `GRANT ${rows} ON ALL TABLES IN SCHEMA ${name} TO ${appRole}`,
      `GRANT ${numbers} ON ALL SEQUENCES IN SCHEMA ${name} TO ${appRole}`,
    ]),
    // The import gathers statistics of what it loaded. Before PostgreSQL 17 only the owner may: autovacuum does it then.
    ...(version >= 170_000 ? [`GRANT MAINTAIN ON listed_person TO ${appRole}`] : []),
    `REVOKE ALL ON ${growingTables.join(', ')}, _prisma_migrations FROM ${appRole}`,
    `GRANT SELECT ON ${growingTables.join(', ')} TO ${appRole}`,
    // Without the id: nobody may choose a place in the trail.
    `GRANT INSERT ${entryColumns} ON audit_entry TO ${appRole}`,
    `GRANT INSERT ON audit_seal TO ${appRole}`,
  ]
}

const insufficientPrivilege = '42501'

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === insufficientPrivilege
}

/** Another process was faster: the same role, or the same line of a catalogue. */
function isAlreadyThere(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === '42710' || code === '23505' || code === 'XX000'
}

const stateSql = `
  WITH own AS (
    SELECT c.oid, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ${schemas} AND c.relname <> '_prisma_migrations'
  ), app AS (
    SELECT oid FROM pg_roles WHERE rolname = $1
  ), lacking AS (
    SELECT own.relname FROM own, app
    WHERE (own.relkind IN ('r', 'p') AND own.relname <> ALL ($2)
        AND NOT (has_table_privilege(app.oid, own.oid, 'SELECT') AND has_table_privilege(app.oid, own.oid, 'INSERT')
          AND has_table_privilege(app.oid, own.oid, 'UPDATE') AND has_table_privilege(app.oid, own.oid, 'DELETE')))
      OR (own.relkind = 'r' AND own.relname = ANY ($2)
        AND NOT (has_table_privilege(app.oid, own.oid, 'SELECT') AND has_any_column_privilege(app.oid, own.oid, 'INSERT')))
      OR (own.relkind = 'S' AND NOT has_sequence_privilege(app.oid, own.oid, 'USAGE'))
  ), excess AS (
    SELECT own.relname FROM own, app
    WHERE own.relkind = 'r' AND own.relname = ANY ($2)
      AND (has_table_privilege(app.oid, own.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
        OR has_any_column_privilege(app.oid, own.oid, 'UPDATE')
        OR (own.relname = 'audit_entry' AND has_column_privilege(app.oid, own.oid, 'id', 'INSERT')))
  ), login AS (
    SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user
  )
  SELECT login.rolsuper OR login.rolcreaterole AS "canCreate", EXISTS (SELECT FROM app) AS "exists",
    coalesce((SELECT pg_has_role(current_user, app.oid,
      CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) FROM app), false)
      AS "isMember",
    (SELECT min(relname)::text FROM lacking) AS "lacking", (SELECT min(relname)::text FROM excess) AS "excess",
    current_setting('server_version_num')::int AS "version"
  FROM login`
