/**
 * The runs whose content may have reached a run (`$1`), as `tree`: the one at the top with all below it, what it was taken
 * up from, and the runs of its chat. `line` holds those at the top. `called`: below a call, whose row says what it brought in.
 */
export const familyOf = `
  with recursive line as (
    select o.id, o.forked_from from run r join run o on o.id = coalesce(r.root_run_id, r.id) where r.id = $1
    union
    select o.id, o.forked_from from line join run o on o.id = line.forked_from
  ),
  tree as (
    select id, false as called from line
    union
    select o.id, false from line join run r on r.id = line.id
      join run o on o.thread_id = r.thread_id and o.workspace_id = r.workspace_id
    union
    select r.id, tree.called or exists (select from tool_call c
        where c.run_id = r.parent_run_id and c.step_id = r.parent_step_id and c.round = r.parent_round)
    from tree join run r on r.parent_run_id = tree.id
  )`;
