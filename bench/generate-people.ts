// People for the benchmark's accounts: five an account, each with a role there.
import type pg from 'pg';

export async function generatePeople(client: pg.Client, workspaceId: string, count: number): Promise<void> {
  const chunk = 50_000;
  for (let from = 0; from < count; from += chunk) {
    await client.query(
      `with accounts as materialized (select id, row_number() over (order by id) - 1 as n from account where workspace_id = $1),
            total as (select count(*) as c from accounts),
            made as materialized (
              select kernel.new_id() as id, a.id as account_id, i from generate_series($2::int, $3::int) i join accounts a on a.n = i % (select c from total)),
            people as (
              insert into person (workspace_id, id, name, first_name, last_name, email)
              select $1, id, f || ' ' || l, f, l, lower(f || '.' || l || '.' || i || '@example.com')
              from (select m.*, (array['Anna','Ben','Clara','David','Elena','Farid','Greta','Hugo','Ines','Jonas','Kira','Luca','Mina','Noah','Olga','Paul','Rosa','Sven','Tara','Umar'])[1 + i % 20] as f,
                           (array['Abel','Baker','Conti','Dupont','Eriksen','Fischer','Garcia','Haas','Ivanov','Jansen','Keller','Lopez','Meyer','Novak','Ortega','Petrov','Quinn','Rossi','Schmidt','Tanaka'])[1 + (i / 20) % 20] || (i / 400) % 997 as l
                    from made m) x)
       insert into stakeholder (workspace_id, person_id, account_id, title, part, is_primary)
       select $1, id, account_id, (array['CFO','Head of Operations','IT Director','Buyer','VP Sales'])[1 + i % 5], (array['economic_buyer','decision_maker','technical','procurement','user'])[1 + i % 5], true from made`,
      [workspaceId, from, Math.min(count, from + chunk) - 1],
    );
  }
}
