<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name></name>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} does not hold an agent&apos;s data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blueprint: its arguments do not fit: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The submission is no JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: it has a header and no rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs the column{s} {missing}; it has {there}.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{format!r} is no data format: use one of {formats}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is an old Excel file: save it as .xlsx or .csv.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: its name does not tell its format; say `format:` and one of {formats}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: the delimiter {delimiter!r} is not one character such as &apos;;&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: quotes {quotes!r} is none of auto, csv, literal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it holds NUL characters; if the file is UTF-16, say `encoding: utf-16`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it has no columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {which} no name in the header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: the column name {twice!r} is used more than once (columns {where}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, line {number}: it is longer than {row_limit} million characters; is this a text file?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name {twice!r} is used more than once in one object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it must hold a list of objects: [{{...}}, {{...}}].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: a comma or the list&apos;s closing bracket is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: there is more after the end of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it is not JSON: {lower}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: its lists or objects are nested too deeply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: one row is longer than {row_limit} million characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} unpacks to more than {unpacked_limit} GiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read as an Excel workbook (.xlsx).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has no sheet with cells.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has no sheet {sheet!r}: {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The facts of the submission are no JSON: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The facts of the submission are no mapping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The submission is no JSON object of names and answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The submission&apos;s lists or objects are nested too deeply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: an onboarding page is an HTML template (.html) or a form (.yaml).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The submission is no form and no JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The submission is a list, but not of names and values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The submission begins like JSON, but is not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a folder: name a file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not a regular file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} does not exist, nor does its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} does not exist.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be opened: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is larger than {limit:,} KiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{encoding!r} is no text encoding: use utf-8, cp1252, utf-16 or the like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{account.requester_name}: {step.note or &apos;up to date&apos;}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{account.requester_name}: {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mended: {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(found), &apos;fault&apos;)} found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {name} at {provider} is registered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {name} has a new token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;request&apos;)} recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: {why_skipped(done.skipped)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are not sent yet. Send them with: crowddesk send --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;message&apos;)} recorded. Send with: crowddesk send --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run} has {count(added, &apos;unit&apos;)} more. They go out while the window is open, or with: crowddesk resume {run} --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;decision&apos;)} recorded ({word}, {_money(seen.money)}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: {why_skipped(skipped)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.waiting), &apos;of them is&apos;, &apos;of them are&apos;)} the first rejection of {&apos;its&apos; if one else &apos;their&apos;} person and {&apos;waits&apos; if one else &apos;wait&apos;} for a second look: crowddesk second-look list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(sent), &apos;action&apos;)} released.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They leave while the window is open, or with: crowddesk send --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(waiting, &apos;first rejection waits&apos;, &apos;first rejections wait&apos;)} for a second look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{&apos;, &apos;.join(parts) or &apos;nothing to send&apos;}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  action {row.id}, {what} {on}: {state}: {row.outcome}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  and {len(bad) - 10:,} more: crowddesk actions --where &apos;status:refused,needs_you&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;action&apos;)} recorded once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  action {action_id} was left out: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(taken), &apos;action&apos;)} taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {action} is refused, and goes out once more as action {new}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {action} is {&apos;done&apos; if happened else &apos;refused&apos;}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(done.rows, &apos;row&apos;)} written to {to}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(made.units, &apos;unit&apos;)} and {count(made.files, &apos;file&apos;)} bundled in {to} ({size}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is the manifest&apos;s, byte for byte.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not the manifest&apos;s: what it was made of has changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are none yet. Make one: crowddesk mask add &apos;too fast&apos; &apos;time &lt; 5 s&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask {name!r} is kept. See what it does: crowddesk mask try {name!r} --run N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask {to or name!r} is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask {name!r} is removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(done.count, &apos;answer&apos;)} of run {run} out of the data. Pay is as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to leave out that is not out already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run} is {&apos;asked for more by itself&apos; if on else &apos;not asked for more by itself&apos;}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(added, &apos;answer&apos;)} more are asked for. They go out while the window is open, or with: crowddesk resume {run} --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(plan.wanted), &apos;item&apos;)} disagree, {seen.affordable:,} fit: {money} with fees, {left}. {plan.agreed:,} agree, {plan.awaited:,} wait for an answer, {plan.at_most:,} have the most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {len(found.rows) - _SHOWN:,} more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(before, &apos;row&apos;)} left out, because the same was recorded before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(found.new), &apos;bonus&apos;, &apos;bonuses&apos;)}, {_sum_of(found)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{said}. Nothing was recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody left this run without an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has answered in this run yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{below} an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is below the target.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: worker {target}, {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(made.action_ids), &apos;bonus&apos;, &apos;bonuses&apos;)} recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No two accounts look like one person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has several accounts. Merge them with: crowddesk people merge WORKER WORKER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(everybody), &apos;account&apos;)} are person {joined.identity_id} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{worker} stands alone now{more}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person {person.id} is called {kept} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody was merged or split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor hears of it while the window is open, or with: crowddesk resume {run} --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is at work on a unit goes on with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no tags yet. Write one with: crowddesk tag spammer --worker NAME</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{&apos;Taken off&apos; if off else &apos;Put on&apos;} {count(len(ids), noun)}{left}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed: {gone.text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noted as {people.note(db, noun, row_id, text)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is noted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New here: {&apos;, &apos;.join(found.to_make)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to do: every row is so already, or was recorded before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(found.new), &apos;row&apos;)} would be recorded. Nothing was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;qualification&apos;)} recorded. Send with: crowddesk send --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  left out: worker {worker_id}, {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no answers yet, or all are out of the data set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{each[&apos;name&apos;]}: {note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name their column with: crowddesk quality --run N --truth COLUMN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {len(named) - _MOST_PEOPLE:,} more: crowddesk quality --run N --json</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason {reasons.add_reason(db, new)} is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason.title!r} was left out: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(kept, &apos;reason&apos;)} kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason {number} is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason {number} is removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;rejection&apos;)} agreed to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You decided these yourself, and others work here who could have looked: action {numbers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;rejection&apos;)} withdrawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objection {number} is kept, {until}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objection {number}: the rejection stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objection {number}: the rejection is taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;action&apos;)} recorded. Send them with: crowddesk send --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(mended.taken), &apos;difference&apos;)} written down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  not {key}: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found.requester_name} ({found.provider_type}):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {left:,} more. Mend these, then compare again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(found.strays), &apos;study&apos;)} astray: crowddesk strays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing differs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is to be taken over is written down with: crowddesk reconcile --mend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is astray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run is made for one, or has it again, with: crowddesk adopt REQUESTER REF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run} stands for it: {row[&apos;title&apos;]}. Fetch what has happened with: crowddesk sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is decided by itself within {within}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(found.overdue, &apos;unit&apos;)} should be decided at the vendor already: crowddesk reconcile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See them with: crowddesk units --where &apos;status:completed due:&lt;{within}&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes on while the window is open, or with: crowddesk resume {run_id} --wait
What came of it: crowddesk rehearsal-report {run_id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept out: {people} with {count(kept_out.accounts, &apos;account&apos;)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run} is paused. It goes on with: crowddesk resume {run}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(gone, &apos;unit&apos;)} of run {run} will be taken down, when a window or `--wait` runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} has {count(here.total, &apos;unit&apos;)}, {here.finished:,} finished. The work goes on while the window is open, or with: crowddesk resume {run_id} --wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} ({here.state}): {&apos;, &apos;.join(parts)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is paused. Units are given out again after: crowddesk resume {run_id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id}: {run.note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is open to {_REACH[reach]}. Ctrl+C stops serving it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link of run {run_id} has changed: {url}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id}: {visitors:,} in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(done, &apos;link&apos;)} written to {file}. Whoever has one works as that person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a personal link people sign in at: {url}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(new, &apos;person&apos;)} invited. Their links: crowddesk links {run}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{len(remove) - len(unknown):,} taken off the list; they get no further unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is owed: no work of your own people was approved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. What was stored stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  and {len(others) - _MOST_FAULTS:,} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step.note[:1].upper()}{step.note[1:]}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Nothing is lost; it goes on with: {goes_on}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count(len(done.action_ids), &apos;decision&apos;)} recorded ({kind}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: {why_skipped(done.skipped, &apos;person&apos;, &apos;people&apos;)}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submission {client_id} of agent {db_id} is stored already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A unit cannot pay {pay_amount}: that is less than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no qualification {qualification_name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no agent {agent_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A {noun} needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{status!r} is no status of a unit: use one of {valid_unit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{status!r} is no status of an agent: use one of {all}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stored arguments of run {db_id} are damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {db_id} is being changed by others all the time; try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {db_id} is not available: it is {get_db_status}, not launched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task page sent no worker_name, so nobody knows whose work this is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{worker_name} has not worked for you, so no account can be chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no qualification {qualification_name!r}. Make it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{index} is no unit index: use 0 and up, -1, -2 or -3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{code!r} is no currency: use a three-letter code such as USD, GBP or EUR.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount!r} is no amount of money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount!r} is no amount of money: write it like 0.12.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{currency} {amount} is finer than the smallest coin: use at most {currency_digits} digits after the point.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program is being closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agent {agent_id} is not in run {db_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The introduction is over already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit has not begun yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sample of {size:,} cannot be drawn: use 1 to {most:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seed} is no seed: use a whole number from 0 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sample of run {run_id} was drawn yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{by:,} more cannot be drawn: a sample has 1 to {most:,} answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a requester {name!r} at {provider_type} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor has nothing astray called {ref!r}; a run may stand for it already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has {places:,} places; a run here can have {most_places:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It belongs to run {run_id}, which is another account&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is being set up at the vendor. Try again when that has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste what the worker wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The objection has {text_count:,} characters; keep at most {longest_text:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time of an objection needs its time zone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{at:%Y-%m-%d} is still to come: say when the objection was received.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{days} days to answer are too many or too few; use 0 (no deadline) to 365.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no unit {unit_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {unit_id} is {replace}, not rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {unit_id} has an open objection already: number {id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say why the rejection stands: whoever objects is owed an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejection of unit {unit_id} was taken back, so it does not stand. Answer that the worker is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {unit_id} cannot be taken back: {skipped}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no objection {appeal_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objection {appeal_id} was {state} already, by {closed_by}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer has {answer_count:,} characters; use at most {longest_answer:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has more than {most_rows:,} rows. Split it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the amount is in {currency}; this account pays in {currency_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a bonus is more than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: a bundle&apos;s name ends in {ending}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} {what}: name a file in an existing folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle&apos;s run has damaged arguments. It was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle&apos;s run asks this computer what {text!r} stands for. It was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle&apos;s run names the file {text!r}, which is outside of the bundle. It was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{status!r} is no data-set status: use {dataset_statuses}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With fees this is {free} more than the budget of run {run_id} has left. Nothing was reserved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To {kind} somebody needs a reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To ask somebody to return their work needs a reason: it reaches them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reason still holds {left}, which the worker would read as it stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No messages can be sent to people at {provider_type} from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message needs words: it reaches the worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is not of the account {requester_name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {action_id} does not wait for a decision any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {action_id} cannot be sent again: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {action_id} cannot be sent again: {skipped}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version of CrowdDesk knows no errand {kind!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody waits for that answer any more. Ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {error} Take the majority.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is too large to be a manifest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no manifest of an export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was written by a newer CrowdDesk. Update this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest is of another workspace, where run {id} is another run. Open that one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest hides names in its filters: export it without names again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest is damaged: something is missing from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest is damaged: it asks for what there is not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parquet needs the package pyarrow: pip install &apos;crowddesk[parquet]&apos;. Or export CSV or JSONL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest&apos;s filters cannot be read: it was made in another workspace, or was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This bundle holds the workers&apos; names and not the key that hides them. Export it with names, or export from the workspace that it came from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{format!r} is no format: use one of {formats}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{only!r} is no dataset status: use {dataset_statuses}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value!r} is no kind of {noun}: use {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>due: looks at the clock, so the same export could never be made again. Choose the units by status:, submitted: or another field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: it is exported by its ending, one of {formats}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not end in {format}, the format that was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name {name}… is too long for a file with a manifest beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{beside} is a folder, and the manifest must have that name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows:,} rows are more than a sheet of XLSX holds. Export CSV, JSONL or Parquet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The target is more than nothing an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.exclude: {vendor} cannot keep people out of a run. Take it out, or block them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is {state}, so nobody new comes in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is being set up at the vendor. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.requester_name: there is no requester {name!r} at {vendor}. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The requester {name!r} is not registered with {vendor} yet. Register it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.currency: the account {name!r} is in {currency}, the run in {currency_2}. A run is paid in its account&apos;s currency.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: it has no rows, so there is nothing to launch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{units:,} units cost {needed} with fees, over the cap of {budget}. Raise the budget, or ask for fewer units.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is {state}, so it cannot pause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor is being told to pause or resume run {run_id}. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is {state} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is being set up at the vendor. Stop it when that has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} was stopped before it was loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.name: {name!r} is a {task_type} task already, and this run is {blueprint_type}. Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is {text_count:,} letters long; a mask is written in {longest:,} at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{short} is no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: a quotation that begins here does not end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is written yet: say what to leave out, such as: time &lt; 5 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and, or, or the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: the brackets are more than {deepest} deep.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and, or, or )</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a condition, such as time &lt; 5 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: and a name after {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: {short} is no condition. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>% after the number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: {short} is no time: use s, min or h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: {short} is no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a comma or the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: expected yes or no.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: this quotation cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A mask has at most {most_parts:,} parts. Keep some of them as a mask of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{at} {short} is no condition. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These masks lead back to themselves: {circle}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no mask {short}.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks may lead on to others, but not more than {longest_way} times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a mask {name!r} already. Change that one, or take another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no mask {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a mask {new_name!r} already. Take another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask {name!r} is part of {map}. Change that first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{short} is no name for a mask: use 1 to {longest_name} letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This mask is too long. Tag the workers or units it names, and mask by the tag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no variable {{{name}}} for messages. There are {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to put in place of {{{name}}} here: {variables}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {least} to {most} answers cannot be: use 1 to {most_answers}, least first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An agreement of {agreement:g} cannot be wanted: use a share above 0, up to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer of run {run_id} has a field {field!r}. There are: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answers to {field!r} are free text, which never agrees word for word. Name another field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than {most} at once cannot be paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus of {amount} is not more than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus needs a reason: it reaches the worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker {worker_id} was never at a unit of run {run_id} that they could not hand in: nothing is owed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With fees {added:,} more units are {free} over what the budget of run {run_id} has left. Nothing was added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{more} more answers to each item cannot be: ask for 1 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is not at its vendor yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} {value}, so it takes no further answers. Launch its items again as another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor shows the pages of this run itself, and they were handed over to it once. Launch its items again as another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People work on an item of this run together, so none of them can be added afterwards. Launch its items again as another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rejection needs a reason: it reaches the worker word for word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reason has {length} characters; this vendor asks for at least {min_length}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reason has {length} characters; this vendor takes at most {max_length}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the vendor&apos;s reasons: {categories}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With {today} rejections in the last 24 hours, {batch_count} more go over the cap of {most_a_day} a day. {instead}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker {name} would have {total} rejections in 24 hours; the cap is {most_per_worker_a_day}. Soft-reject, or raise the cap in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} rejections at once are more than the cap of {most_per_batch}. {instead}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This rejection is not in the ledger, so nothing vouches for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has this unit, so there is nobody to reject.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is the first rejection of worker {worker_name}, and nobody has looked at it again. Decide it once more; it then waits for a second look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a qualification is a name of at most {longest_name} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody called {name!r} has worked for you{at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{vendors} both have somebody called {name!r}. Add a column provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no qualification {qualification!r}, so it cannot be revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no registered account of yours is at {provider_type}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you have several accounts at {provider_type} ({names}). Say which.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text!r} is no value: write a whole number, or nothing to revoke it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {of_labels:,} different labels over {of_items:,} items and {of_people:,} people, which is too much for one table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures of run {run_id} could not be computed: {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer has a field {field!r}. Answered fields: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rest cannot be fewer than none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The goal is a share of errors between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There cannot be more wrong answers than were checked, nor fewer than none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The confidence lies between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The column {named!r} has none of the answers to {name!r}: {some}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no reason {name!r}. See them with: crowddesk reason list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {found_count} reasons {name!r}: say the number of one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no reason {reason_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider._provider_type: a run at {kind} cannot be rehearsed, one at prolific can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {name!r} is in {currency}, the run in {currency_2}. Rehearse a run in {currency}, or rename that account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is at {provider_type}: it was no rehearsal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{order!r} is no order to review in: use {orders}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sample of {sample} holds nothing: use 1 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}`${{...}}` stands for another key of the run file: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{where}: it cannot hold the sign `${{`, which stands for another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all that the vendor reports on run {run_id} can be stored: {faults}{more}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: its lists or keys are nested too deeply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: it has to have the sections task, blueprint and provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text!r} changes nothing: write it like task.reward=0.05.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key}: there is nothing of that name to change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it holds a character that is no text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no worker {worker_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To withdraw a rejection, say why: whoever decided it reads it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note has {note_count:,} characters; use at most {longest_note:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider did not answer for each action that it was to look up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sheet of XLSX holds {most_rows:,} rows. Export CSV, JSONL or Parquet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sheet of XLSX holds {most_columns:,} columns. Export CSV, JSONL or Parquet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row {rows}: a text of {text_count:,} characters is longer than a cell of XLSX holds ({most_signs:,}). Export CSV or JSONL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its list of entry points cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is installed beside CrowdDesk, and used from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The plug-in folder cannot be read: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged, or no wheel at all. Get it once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be read: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has compiled modules, which cannot be used inside a wheel. Unpack it into a folder of its own here: a wheel is a zip file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no metadata that says what it is (a *.dist-info folder with a METADATA file).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A module alone is no plug-in: it has to be a package with metadata, such as a wheel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no wheel. Get the file that ends in .whl, or have pip make a folder of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no *.dist-info folder in it, which says what it is. Put the wheel itself here, or all that is in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its metadata cannot be read: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It needs Python {wanted}, and this CrowdDesk runs on {mine}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is made for {tags}. Get the one for Python {mine} on {system}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{package} needs {needed}, which is not there. Put its wheel here too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{package} needs {needed}, and {version} is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{package} needs {needed}, and CrowdDesk brings {version}, which every plug-in gets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It brings neither a provider nor a blueprint: its metadata has no entry point of the groups {groups}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link does not say who you are. Open it as it was given to you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider_type} cannot keep people out: take task.exclude out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This vendor has nothing that could be adopted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fee of {provider_type} cannot be told before there is a unit: its get_pay_amount says {error}. The provider should say its fee in quote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has worked on unit {target_id}, so it cannot be judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This vendor cannot take a rejection back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This vendor has no action {kind!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker {worker_name} does not have the qualification {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This vendor cannot do it: its {noun} has no {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {requester_name!r} is not registered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>currency: the account {requester_name!r} has runs in {currency}. Add another account for {currency_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {requester_name!r} has no budget: its people are paid by hand, and only the cap of each run bounds what they are promised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>budget: {budget} is less than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a worker {worker_name!r} at {provider_type} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name cannot be empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name has at most {longest} characters; this one has {name_count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name cannot hold control characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code of {name!r} is that of {name_2!r} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has worked on unit {unit_id}, so it cannot be judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {unit_id} is on the pay list already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {unit_id} was rejected before: take the rejection back instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {unit_id} was not rejected, so there is nothing to take back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.sign_in: {sign_in!r} is neither name nor code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.sign_in: a code needs people who have one. Give provider.people too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.people: {invited} people cannot give {wanted} answers to each item, since nobody answers an item twice. Invite more people, or ask for fewer units_per_assignment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type your name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You cannot sign in with that name. {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{worker_name} does not have the qualification {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own people get no messages from here: write to them yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For your own people there is no action {kind!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>currency is {currency!r}: write it {check_currency}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {value!r}: give a whole number from {least} to {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {value!r}: give a number above 0 and at most {top:g}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name!r} {comparator!r} {least!r} is no required qualification: give a name, one of {comparators} and a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice vendor has no batch {key!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was written by a newer version of the practice crowd.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice vendor cannot store a value: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice vendor has no account {name!r}: register it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insufficient funds: account {name} has {balance}, this needs {amount} ({amount_2} and a fee of {fee}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No account holds that much: {after}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shares of the crowd&apos;s mix must be 0 or more, and one of them above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch {key!r} is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {ref!r} is out already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its recorded answer names no worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its recorded time of {seconds} seconds cannot be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker has handed it in already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is already approved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is approved and paid; that cannot be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has handed it in yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is already rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rejection needs a reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is rejected: un-reject it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice vendor has no unit {ref!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice account {requester_name!r} is not registered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An account needs a name and a balance that is not negative.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account {name} is kept in {row}, not in {currency}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus of {amount_minor} minor units cannot be paid: give a whole number above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker {worker} has not done unit {unit_ref!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message needs a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice vendor knows no worker {target!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account {name} has no qualification {name_2!r} at the practice vendor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.people: {people} people cannot give {wanted} answers to each item, since nobody answers an item twice. Ask for more people, or for fewer units_per_assignment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.exclude: recorded answers are given by whoever gave them, so nobody can be kept out of a replay. Take task.exclude or provider.replay out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice vendor has no {replace}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.qualifications: the practice vendor cannot compare {name!r} by {op!r}; it knows {comparators}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch {key!r} belongs to another account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account {account} pays in {currency}, not in {currency_2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account {account} has no batch {key!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind!r} settles nothing: use approve, reject or unreject.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the practice vendor broke during {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the practice vendor broke before {kind} arrived.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the practice vendor broke before it answered {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{fault!r} is no fault: use one of {faults}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fault needs nth and times of 1 or more, and seconds of 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.passphrase: The file needs its passphrase.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.workspace: {title} pays in {currency}, but this account&apos;s runs are in {currency_2}. Add another account for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {name} is not registered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token of {name} cannot be read: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token of {name} is in the encrypted file, which is locked. Unlock it under Requesters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token of {name} {why}. Enter it under Requesters, with Replace the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace of {requester_name} pays in {currency} now, not in {currency_2}. Add another account for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.keep_in: This computer has no keychain that CrowdDesk can use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.keep_in: {wanted!r} is none of {possible}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.keep_in: This computer has no keychain that CrowdDesk can use. Choose session, or file with a passphrase.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: There is no {noun} at Prolific yet. Make one there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: There is no {noun} {wanted!r}. There are: {listed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: Choose one of {listed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.screening: a place at Prolific is one unit, so nobody could go on to a second one after it. Use task.onboarding, or provider.filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.estimated_minutes: Prolific tells people how long it takes. Give the minutes, 1 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.assignment_duration_in_seconds: {assignment_duration_in_seconds} seconds are less than the {least:,} that Prolific asks for {minutes:g} estimated minutes. Give people more time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.finish.code: {code!r} cannot be a code: use 3 to 60 letters, digits, - and _.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.submissions_per_participant: use 1 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.{name}: {value!r} is none of {allowed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: Prolific no longer takes eligibility_requirements; filters replaced them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: give values for {filter!r}, or lower and upper, and not both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}.{name} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the address of its file is not encrypted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer to {doing} does not end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s store of files could not be reached. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to Prolific&apos;s files broke at {doing} ({name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s store of files says no to {doing} ({status_code}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s store of files did not answer {doing} well ({status_code}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{lines_count} bonuses are not 1 to {most_bonuses}. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s answer to {doing} cannot be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value!r} is no id of Prolific&apos;s. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{values_count:,} ids are not 1 to {most:,}. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} is no amount of a bonus. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus of {amount} is finer than the smallest coin. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, row {row_number}: {fault}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item {item_key}: {fault}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific did not take the items: {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific could not make the run&apos;s tasks, and does not say why. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific stored another layout of the task than it was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific gave two questions of the task the same id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{wrong} It was deleted again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific is preparing the tasks that it shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The study is published, and Prolific takes no new filters for it. Who is to be kept out must be known before: block them, or launch the run anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific took the study&apos;s filters, but does not show them yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific does not show the new study yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The study was stopped at Prolific, so nobody can take a place. Launch it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific cannot add answers to a task that it shows itself. Launch it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific took the study&apos;s changes, but does not show them yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific took {verb}, but the study is {status} still.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.hosting: {why} And there is no public address to show it at from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific has no action {kind!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The study {name} belongs to run {runs} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s calculator says {total} for {count} x {amount}: that cannot be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific answered, but the submission is {status}, not {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} has no study at Prolific yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link does not say who you are. Open the study from Prolific again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This link belongs to another study. Open the study from Prolific again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You cannot take part in this study. Please return your place at Prolific.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is not where Prolific is. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to Prolific was closed here. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s answer to {doing} does not end.{in_doubt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific could not be reached at {address} ({said}). Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific did not answer {doing} in time.{in_doubt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to Prolific broke at {doing} ({said}).{in_doubt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific has no time for {doing} now ({status}){ending}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s answer to {doing} is no JSON ({shape}).{in_doubt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific does not take this account&apos;s token (401). Make a new one at Prolific and replace it under Requesters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific says no to {doing}: {sentence} ({status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s answer to {doing} is no answer ({status}, {shape}).{in_doubt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no token: one has at least 8 letters, digits and signs, without spaces. Copy it anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{address!r} is no address of a server: write it like https://api.prolific.com.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{address!r} would send the token unprotected: use https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no participant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such study.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have taken part in this study already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This study takes nobody at the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not eligible for this study.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All places of this study are taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{unknown} is nothing that a crowd has: use {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>people is {people!r}: give a whole number from 0 to {most_people:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed is {seed!r}: give a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>speed is {speed!r}: give a number above 0 and at most 1,000,000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right is no object of fields and their right answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mix is no object of kinds and their shares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mix: there is no kind {name!r}. There are {default_mix}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mix.{name} is {share!r}: give a number of 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mix: the shares must be 0 or more, and one of them above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sandbox at {address} does not answer. Wait a moment, or end process {pid}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sandbox at {address} does not answer: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sandbox at {address} does not end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sandbox could not be started: {last_line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What listens at {address} is no sandbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another CrowdDesk is starting the sandbox, and does not end with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sandbox could not be started: {said}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The plug-in {file} ({kind} {name!r}) cannot be used: {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its module {module} is not its own: {origin} has that name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name!r} cannot be a name: files are called by it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name {name!r} belongs to {owner}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the plug-ins {file} cannot be used: {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be imported: {place} is no Python ({why}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ends the program when it is imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be imported: there is no module {module}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be imported: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} is no class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} does not extend {base}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} lacks {missing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its entry point is called {name!r} and its {attribute} is {said!r}: they have to be the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a class of its own as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its wrap_crowd_source.js cannot be read: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} holds no settings: it must be sections with keys and values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is not valid YAML: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: appearance.{name} is {value!r}; use one of {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: appearance.text_percent is {text_percent}; use 100 to 200.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: sending.grace_seconds is {grace_seconds}; use 0 to 3600.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: rejections.{name} is below 0; 0 is no cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: rejections.appeal_days is {appeal_days}; use 0 to 365.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: keys.{name} is {key!r}; write it like review.approve: A.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: fair_pay.hourly_targets: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: task_server.{fault}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are two targets in {currency}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A target is more than nothing: {part}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle&apos;s database holds {foreign!r}, which no bundle has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle&apos;s run says that its files lie in {folder!r}, which is outside of the bundle. It was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bundle&apos;s database is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose at least two accounts that are one person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no worker {missing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are one person already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not merged with any other account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no person {identity_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label is empty. Write what you call this person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label has {kept_count:,} characters; {most_label} fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text!r} is no journal head: it is written like 120:&lt;64 hexadecimal digits&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{noun} cannot be sorted by {key!r}: use {sorts}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run {run_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text!r} is no id: ids are whole numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {replace} {db_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note is empty. Write what you want to remember.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note has {kept_count:,} characters; {most_note:,} fit. Make it shorter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {replace} {row_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no note {note_id}: it was removed already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tag is empty. Write a word, such as spammer or expert.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tag “{kept}…” is too long: {most_word} characters fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tag “{kept}” has a comma, a quote or a *. Use letters, digits, spaces, - and _.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {replace} {full} has {most_tags} tags already. Take one off first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the quote that opens at character {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: needs a value{one_of}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: cannot be compared with {op}. Write {name}:{written}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}:{op} takes one value, not {raw_count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: overdue cannot be compared with {op}. Write {name}:overdue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: needs a whole number, not {text!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: is yes or no, not {text!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {text!r} is no length of time. Write it like {such_as}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {text!r} is too long. Write it like {such_as}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {text!r} is not{one_of}.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {text!r} is no amount of money. Write it like 0.12.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {text!r} is no date. Write it like 2026-11-22 or 2026-11-22T14:30 (UTC).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no list of {noun}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A search has at most {longest_search:,} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {most} views of this list already. Remove one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a view {name!r} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This view is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the view a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A view&apos;s name has at most {longest_name} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A view&apos;s name has only letters, digits and signs that can be seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port {port} is used by another program. Close that program, or set another port in Settings; it is tried again every few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer does not allow listening on {host}, port {port}: {strerror}. Set another port in Settings; it is tried again every few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{port} is no port: set one from 1024 to 65535 in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate {certificate} with the key {key} cannot be used: {error}. Name a PEM certificate and its key without a password in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n actions</source>
        <comment>%n action</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions were</source>
        <comment>%n action was</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <comment>%n message</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers</source>
        <comment>%n answer</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n runs</source>
        <comment>%n run</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units</source>
        <comment>%n unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows were recorded before and stay</source>
        <comment>%n row was recorded before and stays</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n submissions</source>
        <comment>%n submission</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n differences</source>
        <comment>%n difference</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n studies</source>
        <comment>%n study</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <comment>%n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <comment>%n row</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers that took longer count</source>
        <comment>%n answer that took longer counts</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n links</source>
        <comment>%n link</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <comment>%n item</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n items disagree</source>
        <comment>%n item disagrees</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <comment>%n file</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n accounts</source>
        <comment>%n account</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers that wait</source>
        <comment>%n answer that waits</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n places</source>
        <comment>%n place</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n first rejections</source>
        <comment>%n first rejection</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n first rejections stay</source>
        <comment>%n first rejection stays</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <comment>%n time</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{folder} cannot be used: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is a file. Choose a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are other files in {folder}. Choose an empty folder, or name a new one in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be written in {folder}. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no workspace in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is no packed run, no backup and no workspace: CrowdDesk cannot open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n answers wait</source>
        <comment>%n answer waits</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objections</source>
        <comment>%n objection</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{program} could not be started. Install CrowdDesk again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n first rejections wait</source>
        <comment>%n first rejection waits</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n things need you</source>
        <comment>%n thing needs you</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs going on</source>
        <comment>%n run going on</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n accounts stand</source>
        <comment>%n account stands</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fields</source>
        <comment>%n field</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units were</source>
        <comment>%n unit was</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people are</source>
        <comment>%n person is</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pages</source>
        <comment>%n page</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pages are</source>
        <comment>%n page is</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decisions</source>
        <comment>%n decision</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new rows</source>
        <comment>%n new row</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes</source>
        <comment>%n change</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to keep: the secret is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keychain. Keep the token for this session or in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{where!r} is no place for a secret: use one of {places}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain cannot be reached. Sign in to the desktop, or enter the token again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file with secrets yet: {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passphrase: This is not the passphrase of the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keychain did not answer ({name}). Unlock it, or keep the token elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} was written by a newer CrowdDesk. Update this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {strerror}. Nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passphrase: Use at least {least_passphrase} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be locked: another program holds it, or its disk has no locks. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file with the tokens is locked. Unlock it under Requesters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key!r} is no key of a secret.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AccountPart</name>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice crowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {0} needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ Who shows the task is said here once the page and the data are given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (not here)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ActionPane</name>
    <message>
        <source>What became of it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ActionVerbs</name>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} counted as done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} counted as not done, and sent once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} counted as not done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left as before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was not recorded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AppealDialog</name>
    <message>
        <source>A worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> To be answered {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About unit {0} of {1}, received {2}.{3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: this is a real person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They were told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing that is known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit is {0} by now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send it as a message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This vendor has no messages: the answer is kept here. Send it the way they wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the rejection back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You wrote {0} · {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written to them from here. What they wrote at {0} is shown only there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they wrote at {0} is shown only there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejection stands</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Appeals</name>
    <message>
        <source>The rejection is taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejection stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {0} staged until you send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The objection was not written down</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AtWorkList</name>
    <message>
        <source>Who is in now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is in now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ Who is in could not be read: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In now: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, the newest {0} listed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BackUpDialog</name>
    <message>
        <source>Back up “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole workspace as it is now goes into one file: all runs with their answers, decisions and files, the accounts, and the settings. You can go on working meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens and passwords stay in this computer’s keychain. The file names the workers, so keep it where only those come who may know them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} with {1} are in {2} ({3}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>Real people and real money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No real money moves here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BesideRun</name>
    <message>
        <source>‹ The run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run could not be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BlockDialog</name>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BonusDialog</name>
    <message>
        <source>Ask for the fee again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason, as the worker will read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}. Asking for the fee…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and a fee of {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}. There is no fee.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusyLine</name>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Button</name>
    <message>
        <source>Key {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CannedReasons</name>
    <message>
        <source>Reasons to start from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from a reason…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reasons are kept yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>A worker&apos;s conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a preview: nothing is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages stand here as people write them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each sends at least {0} before they may finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here: you, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChipsRow</name>
    <message>
        <source>Evidence</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns as they were at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort upwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort downwards</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColumnMapping</name>
    <message>
        <source>Placeholders of the template and their columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no column)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column for {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page, a verb, a run, a person…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits. Fewer letters find more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source> And {0} more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rehearse a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a requester…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New qualification…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a packed run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold the navigation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send what is staged…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pack a run into one file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review a run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare an account with its vendor…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show a page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Choose all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It counts no more until the vendor says otherwise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have seen it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking {0} how things stand…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and {0} in doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared {0}: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Nothing differs. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} more are not listed: mend these, then compare again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mending writes the vendor’s word here; nothing is sent to {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mend {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At {0} and not here: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more, when these are adopted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adopt {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run is made for it here and follows it from now on. Nothing changes at {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adopting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompensateDialog</name>
    <message>
        <source>What they are told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor’s fee for a bonus comes on top.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CostCard</name>
    <message>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wage an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it will cost stands here once the files are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it will cost stands here once the account can launch it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the minutes one unit takes to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stands here with the cost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the minutes that you gave.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>CrowdDesk met an error of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was decided is kept. You can go on; if something looks wrong, start CrowdDesk again. The details help whoever mends it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DataSetPage</name>
    <message>
        <source>Read anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export with these masks…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No masks yet. Compose one below, or begin with one of these:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the answers…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answers yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks show what they do once the first have come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask being written is not counted: something in it is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compose the mask, and give it a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the mask “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was left out by it stays left out. Nobody’s pay changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left out of the data; pay is as it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data set was not changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose masks that are saved: the export names them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DecideDialog</name>
    <message>
        <source>Soft reject instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask to return…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to them first…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softer ways, without a record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid{0}; the answers stay out of the data set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They may give it back, unpaid, for somebody else. Or decline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is decided and nothing paid by it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A rejection takes the pay away and stays on the record of:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · first rejection: somebody looks again before it leaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each person, with how many units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category of the reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason, as the worker will read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason, for your own records: the worker is paid and reads none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {0} stands for is still being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reason is optional here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of at least {1} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of at least {1} characters, at most {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>read-only bundle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This workspace cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} open in people’s browsers, and this program serves them. Until it runs again nobody can send an answer; what they have typed stays in their browsers.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DifferenceTable</name>
    <message>
        <source>What differs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DoubtView</name>
    <message>
        <source>Look at the vendor’s page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same for all {0} of this batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Some of them show a new payment and some do not. Decide on these one by one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DoubtsCard</name>
    <message>
        <source>The one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one before (K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next one (J)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor’s answer was lost, and nothing here is sent again by itself. Look at the evidence and at the vendor’s pages, then say what you found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show them in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● {0} for your word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EffectView</name>
    <message>
        <source>Answers that count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items with an answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Krippendorff’s alpha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pairs that agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field that is judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With these masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay and data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody’s pay changes here. Work may be paid and left out, or not paid and still count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {0} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} without any answer then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no item has two answers that count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are free texts, or none at all: there are no labels to count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a mask, or compose one, to see what it does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This leaves out {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, the mask being written {0} of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {0} are out already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; {0} were put in by hand</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only units that match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out what the mask {0} does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers’ real names in place of pseudonyms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat an export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes everything from the manifest of an earlier export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out what these masks do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no masks yet. The run’s data set is where to make them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not repeat it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} are in {1}, and what they are in {2} beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> {0} could not be read and went out as stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is the same file, byte for byte.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not the same file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give this file to nobody who must not know who the workers are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people wrote in free text is not searched for names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is as {0} says. {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer matches: choose other answers, units or masks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The manifest of an export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manifests of exports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FairPay</name>
    <message>
        <source>Top-ups for {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FairPayDialog</name>
    <message>
        <source>Wages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has answered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wages are here as soon as somebody has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not submit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they are told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target, {0} an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They took a unit of this run and left without an answer. If that was not their doing, pay them: a compensation unit says so in the run, and no answer is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who could not submit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody left this run without an answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compensate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working out the wages…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compensate {0}…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterDialog</name>
    <message>
        <source>Search filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ids, one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No filter has these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (dates like 1990-01-31)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific allows {0}{1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick at least one answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a bound, or both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is none of what is asked for here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first bound is above the second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is not within {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write at least one {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is no {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FiltersEditor</name>
    <message>
        <source>Add a filter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific has no filter {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading what there is to choose from…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People must fit all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is left out so far.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>This cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FittedPage</name>
    <message>
        <source>The worker&apos;s page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the folder with its whole path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FormView</name>
    <message>
        <source>A worker&apos;s form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a preview: nothing is sent.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GroupsEditor</name>
    <message>
        <source>Add a group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account’s groups are not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No more groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account has no groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a group…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HintsDialog</name>
    <message>
        <source>No two accounts have the same name, id, address or words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These look alike. That proves nothing: look at their work before you merge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts that look alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge these…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Launch a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with the vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing needs you, and nothing is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice run was not launched</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HostingLine</name>
    <message>
        <source>Open it at {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InvitationsDialog</name>
    <message>
        <source>{0} for “{1}”, {2} came. A link lets whoever has it work as that person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Personal links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is invited by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names, links and who came, to paste into a spreadsheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the links to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeepingOut</name>
    <message>
        <source>Tell a run whom to keep out…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run that goes on keeps people out. Exclude them at launch, or block them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its vendor hears whom the run excludes at this moment: everybody who has its tags and who took part in its earlier runs by now, with all their accounts. Who is at work on a unit goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell a run whom to keep out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell the vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor was not told</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>Press a key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>Swap them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it away there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All usual keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The usual key of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} stays what it is: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is the key of “{1}” ({2}).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelBars</name>
    <message>
        <source>{0} other answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers by label: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LastTen</name>
    <message>
        <source>Last ten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last ten decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is decided yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LaunchDialog</name>
    <message>
        <source>Rehearse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The very same run first against simulated people, in minutes and without money</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: real people will see this, and real money will be paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as run file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a run file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a run file, a template, a form or a data file anywhere here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items are named by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the data file is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay and size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits and who may work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold and screening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page before the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch {0} · {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something above keeps it from being launched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the files and copying them into the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a run file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run files (*.yaml *.yml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as run file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run files (*.yaml)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LaunchView</name>
    <message>
        <source>Row to preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker sees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a page and a data file to see a row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row can be shown yet; what is wrong stands below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ Still needed: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Launcher</name>
    <message>
        <source>Save it as a run file first: the command names that file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run cannot be launched now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rehearsing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: nothing was launched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not launched.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>Next row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send what is staged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close CrowdDesk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaskComposer</name>
    <message>
        <source>The mask as one line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as one line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This mask is too long to be changed here: crowddesk mask change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This mask is too long for rows. Change it as a line.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaskList</name>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: change or remove it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the mask {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the mask {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} out</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MediaStrip</name>
    <message>
        <source>This file cannot be played</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MediumCard</name>
    <message>
        <source>Play in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play {0} in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit into the width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load from {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}
That server learns that somebody looks. In this run it is asked from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Their work is summed up in one scorecard, and a run that excludes one of them excludes them all. No vendor hears of it. You can split them again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageDialog</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filled in for each: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose message is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As they will read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As {0} will read it{1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MoreAnswersDialog</name>
    <message>
        <source>Each item of “{0}” gets so many more answers, by people who have not answered it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More answers to each item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working out the cost…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} for {1}: {2} pay and {3} fees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor’s own figure for them is {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of the budget would be left.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NeedsYou</name>
    <message>
        <source>Decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} for your word: the vendor’s answer was lost and cannot be looked up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide on {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewQualificationDialog</name>
    <message>
        <source>A mark that you grant to people, with a number. Runs can ask for it. Your vendors hear of it when it is first granted or asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it stands for (you may leave it empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewWorkspaceDialog</name>
    <message>
        <source>New workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workspace keeps its own accounts, runs, people and settings. It opens in a window of its own; this one stays open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder is made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a workspace in this folder already: open that one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoteDialog</name>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this desk reads it. It does not reach the worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>{0} in CrowdDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor cannot tell what became of it. Look there, then say what you found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” has nearly used its budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nine tenths of its cap are spent or reserved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} for review.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near deadlines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {0}, {1} are approved by themselves within 3 days. {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to be answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first answer {0} {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ObjectionDialog</name>
    <message>
        <source>Record an objection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} objects to the rejection of unit {1}. Paste what they wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the worker wrote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days to answer, 0 for no deadline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OfferedChoice</name>
    <message>
        <source>Look up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not looked up yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverlapDialog</name>
    <message>
        <source>Each item of “{0}” on which too few say the same gets one more answer, by somebody who has not answered it; never more than the most, never beyond the budget.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers before it is judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most answers to an item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say the same, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From now on do it by itself, after each answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being worked out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the answers…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item disagrees and waits for nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} more, {1} with fees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The budget holds {0} of {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of the budget would be left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} agree, {1} wait for an answer, {2} have the most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the rule</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PacePlot</name>
    <message>
        <source>{round(ys[-1]):,} at the end, {round(max(ys)):,} at most</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PackDialog</name>
    <message>
        <source>Workers’ names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files that workers sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else can open the file with CrowdDesk and look at the run as it is now. Nothing in it can be changed, decided or sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inside: the task and its data; all answers, decisions, bonuses and their reasons; notes, tags, objections and masks; and the record of what happened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays here: other runs; the account’s settings, tokens and keys; messages to workers, blocks, qualifications and saved views.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1} are in {2} ({3}). CrowdDesk shows it anywhere: “Open a packed run…”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pack {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes about people and what the vendor sent go along, too. Give this file to nobody who must not know who the workers are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pseudonyms stand for them, and notes about people stay here. What people wrote in free text is not searched for names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures, sound and texts can show who somebody is. Nobody has looked into them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answers say that there was a file, but it stays here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PagePreview</name>
    <message>
        <source>Preview of a worker&apos;s page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PayTable</name>
    <message>
        <source>In the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not decided yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay and data: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PaymentsPage</name>
    <message>
        <source>Nothing was asked of a vendor yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launches, approvals, bonuses and blocks are listed here, each with what became of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinds ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show actions of one kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The totals could not be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonVerbs</name>
    <message>
        <source>Merge into one person…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split from the person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} are one person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split: {0} for itself now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was not changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlannedHosting</name>
    <message>
        <source>Set the public address…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source></source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProjectEditor</name>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account’s project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account has no such project.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PublicAddressDialog</name>
    <message>
        <source>Of your own proxy, which passes requests on to this computer by https. Without one, Prolific can show tasks itself that it knows how to show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stands under Settings too, with the other ways to reach this program&apos;s pages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it like https://lab.example.org: people come by https only.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QrCode</name>
    <message>
        <source>QR code of the link</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QrDialog</name>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QualificationDialog</name>
    <message>
        <source>Qualification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QualificationFileDialog</name>
    <message>
        <source>LIVE: real people are told at their vendor.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QualityPage</name>
    <message>
        <source>Data set…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting the figures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers, by field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People and what stands out about them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody’s answers count yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items on which people disagree most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No two answers to an item differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review this item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter opens the answers to an item for review.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column of the items with the right answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answers yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures are here once the first have come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting the figures… {0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures were not counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count them anew when there is time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures could not be counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} more: crowddesk quality --run {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} to look at first, by what stands in the last column. Nothing is decided by it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReasonsDialog</name>
    <message>
        <source>Reasons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reasons are kept yet. Write one, or begin with one that is offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offered…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text, as the worker reads it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked each time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no account yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reconciliation</name>
    <message>
        <source>Writing {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} mended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> {0} left out: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>Message to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · {0} for a second look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, staged until you send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · left out: {0} {1}, {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · {0} had left already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This decision was not recorded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegisterDialog</name>
    <message>
        <source>Vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something above is missing or wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated people and play money, for rehearsing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A test account: no real money moves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: real people and real money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: real people, who come by a link. You pay them by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RehearsalCard</name>
    <message>
        <source>Rehearsal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its people are simulated and its money is play money: nobody is asked, nobody is paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch for real…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◇ This is a rehearsal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run cannot be launched from here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RehearsalReportDialog</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the stand-in what came of it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no report now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated people, no money. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would have cost until now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} for {1} for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this cannot prove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RehearseDialog</name>
    <message>
        <source>The very same run, against a stand-in for Prolific on this computer. Its people are simulated: they open the page, answer, return, forget their code. No money moves and nobody is asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run has {0}; not everybody finishes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The faster they are, the less their times and the wage in the report say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fast they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bad day at Prolific</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It refuses, is slow, loses answers and shows old lists now and then, as it may.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number of people from 1 to {0}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RemarkVerbs</name>
    <message>
        <source>Note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag, or take the flag off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} flagged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag taken off {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} tagged {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{1} taken off {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was not written</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RemarksPart</name>
    <message>
        <source>Notes and tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag {0}, take it off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the note of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReplaceTokenDialog</name>
    <message>
        <source>The new one is tried at the vendor first. Workspace and project stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something above is missing or wrong.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RequestersPage</name>
    <message>
        <source>Add a requester…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requesters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No accounts here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add one, to launch runs with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the balance again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the token…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with the vendor…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked: the tokens of {0} are in the encrypted file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: the token is not kept here any more, or is no longer taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account was not changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}”, as it was at {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>made by CrowdDesk {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it into this new folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace that it was made from is left as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a workspace in this folder. A backup is put into a new or an empty one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It knows nothing of what was paid or decided after it was made. What had not left by then waits for you: compare with the vendors first, then nobody is paid twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} % restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>Restore a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This backup cannot be restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: nothing was restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was restored.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReturnDialog</name>
    <message>
        <source>Who returns their work is not paid, and nothing stays on their record. They may decline: then the answer waits for your decision as before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why? They will read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another reason, in your own words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewDesk</name>
    <message>
        <source>waits for a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not done, waits again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, not sent yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewGrid</name>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} selected: A and S decide them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift or Ctrl selects several, Enter looks at one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>worker:A1 time:&lt;20s   narrow this review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>‹ Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another run to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which answer comes next, and of which</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sample…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay a bonus…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag or unflag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid, or one at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide for the rest of this worker…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Narrow by a search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject for reason {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This review cannot be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in this search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {0} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are at the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} you skipped wait for a decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go through them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample is reviewed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits in this search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is staged leaves when you send it. Go on with the other answers, or stop here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review all that wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every answer of this run is decided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is staged leaves when you send it: Ctrl+Enter. U takes the last decision back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the rest: {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw {0} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>The evidence could not be read, so answers come in order of arrival: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {0} cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names are hidden until you decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {0} was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: the rejection has left. It can be taken back at the vendor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: the decision has left, and the vendor has no way to take it back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RowsFile</name>
    <message>
        <source>{0} recorded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RowsFileDialog</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No rows yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file, or drop one here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row of this file can be {0} as it stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RowsPanel</name>
    <message>
        <source>Columns ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the columns of the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RowsTable</name>
    <message>
        <source>This list could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches this search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change it, or clear it with Escape.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunCards</name>
    <message>
        <source>Spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median wage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>‹ Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the list of runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More answers…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pack into one file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data set…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask where answers disagree…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fair pay…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses from a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units of this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>status:completed time:&lt;20s   search units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No units yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are here once the run is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the plots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading: {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launching: {0} of {1} at the vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is not loaded whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resuming…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunPicker</name>
    <message>
        <source>Runs with answers that wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What waits cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits for review.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New answers come here by themselves. Your runs say how far they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch one from a CSV file, or watch the practice crowd do one; then review it here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunPlots</name>
    <message>
        <source>Next plot</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunTrouble</name>
    <message>
        <source>This run could not be read: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} not launched: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor did not pause this run: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor did not go on with this run: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody knows whether the vendor took this run: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor did not take this run: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change and launch anew…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is a draft: {0} are loaded, none is at the vendor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is not set up yet. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is being set up.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunVerbs</name>
    <message>
        <source>This run was not paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor was not told again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} that nobody has begun will be taken down. They cost nothing then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} at work now; they may finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: these are real people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run was not stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run cannot be launched anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {0}, which was not taken, stays a draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answers were added</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>Task runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SameItemPanel</name>
    <message>
        <source>The same item, others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers to the same item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has answered this item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · {0} answers, all equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · {0} answers, {1} different</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · nobody else yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SamplingCard</name>
    <message>
        <source>Acceptance sampling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers to draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most {0} % wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the rest may hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a sample and review it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on reviewing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the rest…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve by a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw another sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review some answers, drawn at random. What is right among them says how many of the rest can be wrong, and the rest can be approved on that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sample of {0}, drawn with seed {1}: {2}. Right is what was approved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw {0} more and review them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the rest: {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When all of the sample is decided and shows what you want.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample could not be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SaveViewDialog</name>
    <message>
        <source>everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With the order and the columns as they are now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScorecardDialog</name>
    <message>
        <source>Reading their answers…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scorecard of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures are evidence, not a verdict: few answers say little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The plots follow…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can be searched for (F1 in the field)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can be searched for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchHelp</name>
    <message>
        <source>What can be searched for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it is written</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecondLookDialog</name>
    <message>
        <source>Second look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You decided this yourself. Let somebody else look, if you can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the worker would read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker would read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A note; to withdraw, say why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second look: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: unit {1} of {2}, the first rejection of {3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> as “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected{0} by {1} {2}. It does not leave before somebody agrees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No evidence was attached. Judge by the answer itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agree to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say why first: whoever decided it reads it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecondLooks</name>
    <message>
        <source>Agreed to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agreed to; it waits for Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The second looks could not be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecretEditor</name>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeenAnswer</name>
    <message>
        <source>Show as in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page cannot have sent this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longer than is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer as the worker saw it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the answer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This page cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the worker saw it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has answered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SendSheet</name>
    <message>
        <source>LIVE: real people, real money. What has left can hardly be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of it waits for a second look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance: asking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more, under Payments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ {0} until somebody has looked again: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at them…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance not known: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance {0}, after this {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor may refuse what is not covered.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ServingCard</name>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show QR code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Personal links…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open to the local network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this computer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its pages are not served now: nothing listens here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Telephones reach it once it is open to the local network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pages of your runs will be served at {0}. Whoever is in this network and has a link can open that run and work in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is sent is not encrypted: others in the network could read it on its way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open to the local network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People on other computers can no longer open the pages of your runs. What they have typed and not sent stays in their browsers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close to the local network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close to the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} open now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The personal links could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The personal links were not saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When decisions leave. A live account&apos;s always wait for Send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejecting by mistake is hard to mend. 0 is no cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fair pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What an hour should come to. A run’s wages are shown against it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the system tells you while you look elsewhere, gathered, never in a flood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages for your own people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How they reach a run that you serve yourself. Nothing listens when no run needs it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a key and press another one; Backspace takes it away. In text fields they are off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sentences that you use again, with their keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything lies there: the database, the files of runs, answers and logs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify the journal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look it over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks the database, the totals and the files (the doctor)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk is free software under the MIT licence. Qt and PySide6 come under the LGPL 3, pyqtgraph, SQLAlchemy and SQLModel under the MIT licence, omegaconf under the BSD licence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Reading the next answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StateBar</name>
    <message>
        <source>No units</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusPlot</name>
    <message>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} staged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TagDialog</name>
    <message>
        <source>A word of yours, such as expert or too fast. Nobody else reads it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TalkView</name>
    <message>
        <source>A worker&apos;s conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker was {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} before</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Talking</name>
    <message>
        <source>this answer (unit {0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was not done</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ToFile</name>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ToFileDialog</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} does not end in {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} ends in none of {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} exists and will be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tokens</name>
    <message>
        <source>The account’s token could not be dealt with</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnitDetailPane</name>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done when</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the answer counts, whatever is decided on the work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has answered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong: the known answer is {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this one too · </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>median {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data set: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: evidence: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file cannot be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the rejection back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the {0} back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnitVerbs</name>
    <message>
        <source>Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the rejection back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask to return…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to the workers…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record an objection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in the data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} out of the data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} back to undecided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of their vendors has messages, or nobody has them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these units is answered or at work at a vendor that offers this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these units is rejected and undecided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these units is completed and undecided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked to return {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This decision was not recorded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnitsPage</name>
    <message>
        <source>No units yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch a run from a file of items; each item becomes the units you ask for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approved by themselves within 3 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered in under 20 seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided, not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flagged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All answers of the run that the selected unit belongs to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>The tokens of these accounts are in the encrypted file: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VerbDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in what is missing first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VerbsRow</name>
    <message>
        <source>✓ Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≈ Soft reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ Reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewsDialog</name>
    <message>
        <source>F2 renames, Alt+Up and Alt+Down move, Delete removes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewsMenu</name>
    <message>
        <source>Views ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searches that are often wanted, and your own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this view…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename, order, remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your views of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This view was not saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WebView</name>
    <message>
        <source>The answer as in the browser</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WelcomeDialog</name>
    <message>
        <source>Welcome to CrowdDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open CrowdDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk launches tasks to a crowd, shows the work as it arrives, and helps you to review it, pay for it and export it. You need no account to look around: a practice crowd is built in, and no real money moves until you add an account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace that was open last is not there: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your work is kept in this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything stays on this computer. The folder is made when you begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a workspace already; it will be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch the practice crowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WordsPreview</name>
    <message>
        <source>The one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the worker reads it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As {0} will read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence: being read…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence kept with it: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No evidence stands out. Say in the reason what you saw.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkerDetailPane</name>
    <message>
        <source>One person with several accounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocked by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>soft rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {0} judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show them in Units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times, gold and labels beside others’</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scorecard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold and screening units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median wage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qualifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split {0} from this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonus…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unblock…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkerPanel</name>
    <message>
        <source>The worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their other answers in this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is named with this unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name hidden until you decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tag: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other answers of theirs in this run.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkerVerbs</name>
    <message>
        <source>Scorecard…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay a bonus…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant a qualification…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke a qualification…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unblock…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a message…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay a bonus to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unblock {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant a qualification to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke a qualification of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was not recorded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkersPage</name>
    <message>
        <source>Nobody has worked for you yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People appear here when a run is live.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With work to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected at least once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several accounts, one person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may be one person…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts with the same name, id, address or words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New qualification…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qualifications from a file…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkspaceButton</name>
    <message>
        <source>Workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace {0}, menu</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkspaceMenu</name>
    <message>
        <source>Workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (not there)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other workspace was opened yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkspaceVerbs</name>
    <message>
        <source>New workspace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a workspace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a packed run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the workspace’s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Asking</name>
    <message>
        <source>{0} more are asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rule is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answers were asked for</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_BackUp</name>
    <message>
        <source>This workspace was not backed up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace is backed up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Decided</name>
    <message>
        <source>Unit {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Export</name>
    <message>
        <source>{0} is of run {1}. Export it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The export is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Field</name>
    <message>
        <source>Choose one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored. Leave empty to keep it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse for {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_FieldView</name>
    <message>
        <source> (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YYYY-MM-DD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a preview: nothing is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, not loaded here: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered, but not offered: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_FilterRow</name>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ {0} (Prolific has no such filter)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_FirstSteps</name>
    <message>
        <source>No runs yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch one from a CSV file, or watch the practice crowd do one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch the practice crowd</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Group</name>
    <message>
        <source>not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the conditions of this group are joined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ Condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this group away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not this group</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Opening</name>
    <message>
        <source>Nothing was sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Pack</name>
    <message>
        <source>The run is packed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_PackedRun</name>
    <message>
        <source>This file cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Plot</name>
    <message>
        <source>No answers yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not this condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this condition away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: enter a number.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_RunLine</name>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_RunsList</name>
    <message>
        <source>Launch a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a packed run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state:live   search runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch one from a CSV file, or watch the practice crowd do one from Home.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Going on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Several</name>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>before</name>
    <message>
        <source>elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>line</name>
    <message>
        <source>“{text}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self._links.self</name>
    <message>
        <source>{0} are in {1}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self._toast.self</name>
    <message>
        <source>Select the actions first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only what a vendor refused can be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at these one by one: select one, or those of one batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This action does not wait for your word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor of “{0}” hears whom it keeps out now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the accounts of one person: at least two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for accounts that look alike…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the one account that belongs to somebody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renamed to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {0} stand as before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A note is about one. Select one, or tag them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the {0} first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing changed: {0} was so already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the units first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the one rejected unit that the objection is about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are of several runs. Select units of one run to write to people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the people first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one person for their scorecard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of them has a qualification.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The qualification {0} is there. Grant it to people in this list.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self._window.banner</name>
    <message>
        <source>{notice.title}: {notice.words}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self._window.banner.self</name>
    <message>
        <source>Keys in settings.yaml that cannot be used: {0}{1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self._window.toast.self</name>
    <message>
        <source>The mask “{0}” is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} as before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That was the demo. Look around: it is all yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits to be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} on the way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No first rejection waits for a second look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not written down: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejection is withdrawn; the unit waits for a decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The objection is kept. Home says until when it is to be answered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This objection is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This objection was answered already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} opens in a window of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the account first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account is not registered, so nobody can be asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The details are on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits, so there is nothing to draw from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of this worker waits in this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run that was not taken is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} more are asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer of this run waits for a decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is in no local network now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An account at this vendor has no token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}” is among your views.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This workspace is open here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self._work.window_.toast.self</name>
    <message>
        <source>Open one answer first: Enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is named with this unit.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.banner.self</name>
    <message>
        <source>Answers have changed since these figures were counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some rows could not be read: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.counts</name>
    <message>
        <source></source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.dialog.self</name>
    <message>
        <source>Saved as {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.facts</name>
    <message>
        <source></source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.hosting</name>
    <message>
        <source></source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>✕ {check.hosting_fault}</source>
        <comment>danger</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>● {check.hosting.reason}</source>
        <comment>muted</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>self.name</name>
    <message>
        <source></source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.panel.banner.self</name>
    <message>
        <source>A balance could not be asked for: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.self</name>
    <message>
        <source>On the clipboard: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.window.banner</name>
    <message>
        <source>{self._bundle.name}: {self._db.read_only}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.window_.toast.self</name>
    <message>
        <source>Copied {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a unit of the run to export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} not {1}: {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tab</name>
    <message>
        <source>changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>beat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>whole</name>
    <message>
        <source>Beside the answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Open a packed run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packed runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state:refused kind:bonus worker:A1   search payments and other actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requesters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>status:completed time:&lt;20s   search units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected:&gt;2 tag:expert qualification:fluent   search workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
