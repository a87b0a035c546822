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
        <source>{people} cannot talk: a conversation needs 2 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are {given} for {people} people; give one for each, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a role has no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{least_messages} is not between 0 and {most:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is an intro too. Give one of the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no field may be called {name!r}: the chat&apos;s are.</source>
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
        <source>... and {more:,} more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>There are %n more.</source>
        <comment>There is %n more.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{values} where the header has {columns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n values</source>
        <comment>%n value</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <comment>%n column</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>column {name!r} holds a NUL character (byte 0).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has a header and no rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs the column {missing}; it has {there}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs the columns {missing}; it has {there}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its quotes do not enclose cells, so they are read as text; `quotes: csv` insists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key column {key!r} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key {shown!r} in column {key!r} is already at row {first}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key {shown!r} in column {key!r} is already at line {first}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} has no column {name!r}: did you mean {near!r}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If {separator!r} separates its cells, say `delimiter: {separator!r}`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} has no column {name!r}; it has {shown}.{hint}</source>
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
        <source>{place}: column {number} has no name in the header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: columns {numbers} have no name in the header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, row {row}</source>
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
        <source>a cell is longer than {millions} million characters, or its quote is never closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a quote opens here and is never closed; say `quotes: literal` if quotes are text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a quoted cell goes on after its closing quote; double the quotes inside it, or say `quotes: literal` if quotes are text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not an object of the form {...}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has no {absent!r}, which the first row has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has {extra!r}, which the first row has not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its lists or objects are nested too deeply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column {name!r} is longer than {millions} million characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column {name!r} holds half of a surrogate pair, which is no character.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column {column}: it is not JSON: {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it is not JSON: {what}.</source>
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
        <source>did you mean {near!r}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has {sheets}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has no sheet {sheet!r}: {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column {column} holds the error {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used: the items are kept elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a task that is shown elsewhere is not launched from here; start it at its vendor and adopt it.</source>
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
        <source>{file} has no field {name!r}: did you mean {near!r}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} has no field {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values are text, not HTML (escape them)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its form has no field with a name, so a worker could not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has no field with a name, so a worker could not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outside its form, and so never sent: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its {what} would be shown without a tool to answer with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its form has no submit button; a script would have to submit it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns: it has no placeholder {sign}: did you mean {near!r}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>columns: it has no placeholder {sign}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>${{{name}}} is no column of {file} and stays as it is, as script.</source>
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
        <source>if it was saved on Windows, say `encoding: cp1252`, else name its own encoding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>say its own encoding, for example `encoding: utf-8`.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, line {line}: byte {place:,} of the file (0x{bad}) is not {label}; {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not {label}; {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no column of {file}: did you mean {near}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no column of {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submission {client_id} of agent {db_id} is stored already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a task {task_name!r} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A unit cannot pay {pay_amount}: that is less than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a requester {requester_name!r} at {provider_type} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a qualification {qualification_name!r} already.</source>
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
        <source>set up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clean up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>launch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expire</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>soft reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bonus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unblock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>revoke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>request return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partner disconnect</source>
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
        <source>happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>did not happen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not yet</source>
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
        <source>The objection has {count:,} characters; keep at most {longest_text:,}.</source>
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
        <source>Unit {unit_id} is {status}, not rejected.</source>
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
        <source>The answer has {count:,} characters; use at most {longest_answer:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this vendor has no messages, so the answer is only kept here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody has the unit any more, so the answer is only kept here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One reason for all may stand in for a column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has more than {most_rows:,} rows. Split it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the amount is in {currency}; this account pays in {own_currency}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no reason: it reaches the worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the reason has {count:,} characters; use at most {longest_reason:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody called {name!r} has worked for you at this vendor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} gets the same amount for the same reason again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no unit {text!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit_id} is not of this worker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {unit_id} is of run {its_run}, not of run {run_id}.</source>
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
        <source>This is a read-only bundle: nothing in it can be changed, decided or sent. Do that in the workspace that it was made from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no bundle of a run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a folder: name a file in an existing folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} lies in a folder that does not exist: name a file in an existing folder.</source>
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
        <source>there is no such unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its {action} is still open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is {status}</source>
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
        <source>{provider_type} offers no such request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody has it</source>
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
        <source>there is no such action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is {state}, not refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its stored payload is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its unit is {status} by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person looked it up: it did not happen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {action_id} does not wait for a decision any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person looked it up: it did not happen. Sent again.</source>
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
        <source>The workspace has changed: its journal was at row {was} and is at row {now}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was written by {old}; this is {new}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The schema was {old} and is {new}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was {before} and is {version}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units of the run: {then} then, {now} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units {name}: {then} then, {now} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units with {which}: {then} then, {now} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask {name!r} left out {then} then, {now} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The columns are not the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows: {then} then, {now} now.</source>
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
        <source> or </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows!r} is no kind of row: use {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{method!r} is no kind of method: use {known}.</source>
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
        <source>their bonuses have changed meanwhile: look at the wages again</source>
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
        <source>Did you mean {near!r}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add it first: {add}</source>
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
        <source>task.currency: the account {name!r} is in {currency}, the run in {run_currency}. A run is paid in its account&apos;s currency.</source>
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
        <source>This is {count:,} letters long; a mask is written in {longest:,} at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word} is no number.</source>
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
        <source>At letter {at}: {word} is no condition. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: {word} is no time: use s, min or h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: {word} is no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At letter {at}: expected {what}, found {found}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>title is missing: say what the page is about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>language: it takes a code such as en or pt-BR.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fields: there are more than {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fields: there is nothing to answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a field has keys such as name, type and label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean {near}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no type {kind!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>type is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: label is missing: it is what is asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a date such as 2026-11-30</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is for {kinds}, not for {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name is missing: answers are stored under it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name: {name!r} has to begin with a letter and to hold only letters, digits, _ and -, at most 64.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name {name!r} is taken at line {line}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min_length is more than max_length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pattern_help is missing: say in words what is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step: {step!r} is no number above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key}: {text!r} is not {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min is more than max, so no {what} fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>options: there are more than {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>options: {other!r} is what `other` adds; give that option another value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>options are missing: list what there is to choose from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>options: there are none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose_at_least is more than choose_at_most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale is missing: say {from: 1, to: 5}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale: {key} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale: {low} to {high} are not 2 to {most} steps; a number field takes more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accept: {part!r} is no ending such as .pdf and no type as image/*.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max_megabytes: {text!r} is no number from 0 to 10,000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text is missing: it is what is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>src is missing: the https:// address of what is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text is missing: say it in words for those who cannot see or hear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show_if: no field {name!r} stands above this one.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show_if: a {kind} field has no value to compare.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show_if: {name} is a number, and {value!r} is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show_if: {name} is a date, and {value!r} is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show_if: say which value of {name} it takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>show_if: {name} has no option {value!r}. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: a {{{{ has no column&apos;s name and }}}} after it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key}: it is longer than {longest:,} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>browsers do not know {found!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no regular expression: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>% after the number</source>
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
        <source>These masks lead back to themselves: {circle}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is more than {deepest} levels deep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be one condition, such as {&quot;seconds_below&quot;: 5}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {keys}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{at} {value} is no condition. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be a list of at least one condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be true or false, not {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be a number from {least:,.0f} to {most:,.0f}, not {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be a word or a name, not {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>must be a list of at least one name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is {value}; there are {known}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no mask {value}.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks may lead on to others, but not more than {longest_way} times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask {name!r} is damaged: change what it says, or remove it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the mask, at {place}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the mask:</source>
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
        <source>The mask {name!r} is part of {masks}. Change that first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} is no name for a mask: use 1 to {longest_name} letters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This mask is too long. Tag the workers or units it names, and mask by the tag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>their id at the vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the run&apos;s title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the account&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no variable {{{name}}} for messages. There are {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to put in place of {{{name}}} here: {what}.</source>
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
        <source>none yet</source>
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
        <source>One more answer where fewer than {agreement:.0%} say the same, from {least} to {most} an item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{items} and {more:,} more</source>
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
        <source>they have handed it in meanwhile, or left another item</source>
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
        <source>Run {run_id} was stopped, so it takes no further answers. Launch its items again as another run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} is {state}, so it takes no further answers. Launch its items again as another run.</source>
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
        <source>Soft-reject them, or raise the cap in Settings.</source>
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
        <source>With {today} rejections in the last 24 hours, {count} more go over the cap of {most_a_day} a day. {instead}</source>
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
        <source>Where two vendors have a worker of one name, it needs provider, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{worker_name} and {qualification} stand in an earlier line already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a qualification is a name of at most {longest_name} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody called {name!r} has worked for you at {provider}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody called {name!r} has worked for you.</source>
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
        <source>its process ended with {returncode}.</source>
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
        <source>there are no answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa: too many pairs of answers to the same item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{method}: it had not settled after {rounds:,} rounds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>half of the people gave 1 answer or fewer, too few to tell how they err.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>half of the people gave {usual:g} answers or fewer, too few to tell how they err.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{right:,} of {checked:,} right: error at most {bound} at {confidence:g} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{said}; there is no rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{said}; too few are left for {goal}: check each of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{said}; approve the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{said}; {more:,} more, all right, for {goal}; then approve the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{said}; {more:,} more for {goal}; then approve the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a little over {share}</source>
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
        <source>The run&apos;s data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The column {named!r} has none of the answers to {name!r}: {some}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you named it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the run names it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is the one column whose values are answers to {name!r}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>several columns could be it: {some}; name one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no column of the items has the answers to {name!r} as its values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the time of the work is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no time of this run is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>they answered no gold units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the unit has no item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the run has no title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{{{name}}} is not known for unit {first}: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{{{name}}} is not known for {count:,} of {total:,} units, unit {first} first: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {{{name}}}. There are {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{{{name}}} is not known: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no reason {name!r}. See them with: crowddesk reason list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {count} reasons {name!r}: say the number of one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known answers missed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Far too quick to have read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instructions not followed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid, not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unclear item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technical trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no reason {reason_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons are kept for {kinds}, not {kind!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a title of at most {most} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write its text, of at most {most:,} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its key is a digit from 1 to 9, or 0 for none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{category!r} is none of the vendor&apos;s: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a reason {title!r} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key {digit} chooses {title!r} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider._provider_type: a run at {kind} cannot be rehearsed, one at prolific can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {name!r} is in {currency}, the run in {run_currency}. Rehearse a run in {currency}, or rename that account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done after it was sent again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done, found by looking it up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on its way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {id}, {kind} of {on}: {outcome}</source>
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
        <source>How long one unit takes, for the wage an hour; some vendors tell people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {sections}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: there is no such section. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean {key} where it says {near}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}.{key} is missing.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The section {name} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: it takes keys and values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has {fields}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the form has no field {name!r}: {hint}</source>
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
        <source>task.{name} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.budget: {amount} does not pay one unit of {reward}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.estimated_minutes: {estimated_minutes:g} minutes cannot be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}.name is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}.op: {op!r} is none of {comparisons}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.screening: field and truth belong together; give both or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.onboarding.qualification is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blueprint.item_key is empty; leave it out to number the items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.requester_name is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.max_num_concurrent_units: {max_num_concurrent_units} is too small, since {people} people work on an item together and would wait for each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {number} does not fit, since {people} people work on an item together. Write {people}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {text!r} is no amount of money: write it like 0.12.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {currency} {text} is not more than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {number} is too small; at least {least}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {number} is too large; at least {least}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, line {line}, column {column}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, line {line}: it holds a character that YAML does not allow.</source>
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
        <source>A key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key {name!r} is already at line {seen}</source>
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
        <source>The note has {count:,} characters; use at most {longest_note:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not wait for a second look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider did not answer for each action.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor&apos;s answer could not be stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider did not answer for each action that it was to look up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It had not left when the program ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent {attempt} times, and the vendor never took it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was sent once, no answer came, and the vendor cannot say whether it happened. Look at the vendor&apos;s own page, then decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task server does not listen yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider gave no outcome, but {answer}.</source>
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
        <source>row {rows}: a text of {count:,} characters is longer than a cell of XLSX holds ({most_signs:,}). Export CSV or JSONL.</source>
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
        <source>The vendor refused without a reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor did not take it.</source>
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
        <source>Three letters, such as USD, GBP or EUR.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What all runs of this account may cost together. Empty: only each run&apos;s own cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whom workers ask: an e-mail address or a sentence. They can read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account {requester_name!r} is not registered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>currency: the account {requester_name!r} has runs in {currency}. Add another account for {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} is more than the budget of {requester} has left: {free}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus of {money} is not more than nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{money} more are owed to {worker}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{worker} gets no further work of {requester}.</source>
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
        <source>A name has at most {longest} characters; this one has {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name cannot hold control characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name!r} is at line {first} already. Tell the two apart by their names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the code of {name!r} may hold letters, digits and dashes only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the code of {name!r} is too short: use {least} characters or more, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the code of {name!r} is that of line {line} too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code of {name!r} is that of {other!r} already.</source>
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
        <source>A CSV file with the column name and perhaps code. Empty: anybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people type without a personal link.</source>
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
        <source>The practice vendor&apos;s file {path} cannot be used: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The practice vendor has no account {name!r}: register it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insufficient funds: account {name} has {balance}, this needs {amount} ({pay} and a fee of {fee}).</source>
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
        <source>Play money to begin with.</source>
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
        <source>Account {name} has no qualification {qualification!r} at the practice vendor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its stored item is damaged (it is no JSON).</source>
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
        <source>The practice vendor has no {action}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{answers:,} recorded answers match no unit: items {names} and {more} more items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{answers:,} recorded answers match no unit: items {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the form</source>
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
        <source>Account {account} pays in {currency}, not in {meant}.</source>
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
        <source>Its token was used before, to {kind} {target}.</source>
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
        <source>This computer&apos;s keychain: only you can read it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This session only: you type it again after every start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An encrypted file: you type its passphrase after every start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From Prolific&apos;s settings. It may do all that you may, so it is never written anywhere but where you say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the token in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase of the encrypted file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least 8 characters for a new file. Nobody can recover it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its wallet pays, and its currency is the account&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where new studies are made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.passphrase: The file needs its passphrase.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.workspace: {title} pays in {currency}, but this account&apos;s runs are in {own_currency}. Add another account for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token of {name} was for one session only. Enter it under Requesters, with Replace the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token of {name} is not kept here. Enter it under Requesters, with Replace the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace of {requester_name} pays in {currency} now, not in {own_currency}. Add another account for it.</source>
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
        <source>Prolific does not take this token.</source>
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
        <source>Prolific&apos;s name of the question, such as age.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answers to choose, by their ids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The least, where the answer is a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most, where the answer is a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers wait for your decision, or are approved and paid at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who fails the introduction is asked to return their place, or told nothing there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The completion code. Empty: one is made that nobody can guess.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A participant group that everybody who finishes joins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who shows the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>here: this program, at your public address. vendor: Prolific itself, without one. auto: here where there is a public address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may take part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty: every device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people need to have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only members of these participant groups, by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No members of these participant groups, by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When somebody finishes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many places one person may take, one after the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What kind of work it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown before somebody takes part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they should know about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The id of another project than the account&apos;s.</source>
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
        <source>an import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sending the items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the address</source>
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
        <source>reading the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing the workspaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing the projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the recommended rewards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the advice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reckoning the cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading what the study cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making the study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading study {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changing study {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action} of study {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleting study {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing the submissions of study {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counting the submissions of study {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading submission {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action} of submission {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approving {number:,} submissions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asking for the return of submission {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} bonuses are not 1 to {most_bonuses}. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting up {number:,} bonuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing group {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adding to group {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>removing from group {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing to {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing to {number:,} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adding items to dataset {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting up batch {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading batch {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the status of batch {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the responses to batch {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} ids are not 1 to {most:,}. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing the studies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing the filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paying the bonuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing the groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making the group {name!r}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making the dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making the batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listing the batches</source>
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
        <source>{amount} is no amount of a bonus. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus of {amount} is finer than the smallest coin. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific can show only tasks made with form itself, and this one is made with {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is check questions (task.gold)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is a screening (task.screening)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is an introduction page (task.onboarding)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific cannot show this task itself: {faults}.</source>
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
        <source>Prolific has {items} items instead of {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>item {number}: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {more} more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific made {tasks} tasks in {groups} groups of {items} items, not one each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not say why.</source>
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
        <source>its texts need {count} columns of data, and {most} are possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}: {src!r} is no https:// address, and Prolific shows no other picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is shown only after certain answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a picture without an https:// address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} asks for a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} takes only numbers in steps of {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} takes only texts of a pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the ends of {name} are named by columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has room for words of one&apos;s own ({other})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the options of {name} come from columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} asks for at least {least} choices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s participants could not open the task: there is no public address. Set one in Settings, or let Prolific show the task itself, which it can for forms.</source>
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
        <source>Prolific is still publishing the study; it can be changed once that is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown by this program at {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider.hosting: {why} And there is no public address to show it at from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown by Prolific itself, as you asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown by Prolific itself, because this desk has no public address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This person has no submission in a study of this account, so they cannot be paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific passes messages on only to people who took part in one of your studies.</source>
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
        <source>Nobody from Prolific has worked on this unit, so there is nothing to decide there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific approves them; waiting to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific answered, but the submission is {status}, not {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific refused without a reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run_id} has no study at Prolific yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific made a study whose {field} is {there}, not {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is not where Prolific is. Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are no results in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pages go round in a circle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it promises {count} items and gives {seen}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its pages have no end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no listing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the address of its next page is no text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the address of its next page is none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its next page is at another address ({host})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether it was done is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific has no time for {doing} now ({status}): nothing was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific has no time for {doing} now ({status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific&apos;s answer to {doing} cannot be read: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} bytes</source>
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
        <source>Prolific&apos;s answer to {doing} is no JSON ({shape}).{in_doubt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific does not take this account&apos;s token (401). Make a new one at Prolific and replace it under Requesters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no reason was given</source>
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
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a web page</source>
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
        <source>it said nothing.</source>
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
        <source>The {kind} {name!r} ({value}) cannot be used: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blueprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no provider {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no blueprint {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are: {names}.</source>
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
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size, percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 to 200.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>roomy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practice and sandbox decisions leave by themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After a grace of, seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long undo stays free before that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most for one worker a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most for one account a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody looks again at a person’s first rejection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days to answer an objection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hourly targets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One for each currency, such as GBP 12.00, USD 15.00.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run is answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A payment is in doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A budget is nearly used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers are soon approved by themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An objection is to be answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An export is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who can open the pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>local network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local network: everybody who knows a run&apos;s link and reaches this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0: a free one is chosen and kept for each run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Public address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of your own proxy that passes requests on to this computer, such as https://lab.example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A PEM file, for https without a proxy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PEM file of its private key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker is gone after, seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a sign of life from their page; the unit is then offered to the next one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest file a worker may send, MB</source>
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
        <source>reach is {reach!r}; use one of {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>port is {port}; use 1024 to 65535, or 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>public_url is {url!r}; write it like https://lab.example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>certificate and certificate_key belong together; give both, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disconnect_seconds is {seconds}; use 10 to 3600.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upload_megabytes is {megabytes}; use 1 to 2000.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no setting {name!r}. Did you mean {near!r}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no setting {name!r}.</source>
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
        <source>The label has {count:,} characters; {most_label} fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journal has no row 0 with that hash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Journal row {last} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Journal row {id} does not follow the row before it: one of the two was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Journal row {id} was changed after it was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The status events under journal row {id} were changed after they were written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Journal row {id} is not the one of the head that you gave.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A status event belongs to journal row {left_over}, which does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The journal ends at row {last}, before row {wanted_id} of the head that you gave.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {last} journal rows are as they were written.</source>
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
        <source>There is no {entity} {db_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This {entity} exists already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note is empty. Write what you want to remember.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note has {count:,} characters; {most_note:,} fit. Make it shorter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no {noun} {row_id}.</source>
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
        <source>The {noun} {row_id} has {most_tags} tags already. Take one off first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the quote that opens at character {at}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>where the unit stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>where the worker at it stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what the vendor calls its state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whether its answer is in the data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>who did it, by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of this run, by number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the unit&apos;s number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the item it is about, by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an item, a test, or extra pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what was decided and is not done yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how long it took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when the answer came (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how soon the vendor approves it by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the pay of a unit of its run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the account, by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the vendor, such as mock or prolific</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the person behind several accounts, by label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tag of yours on the unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whether you flagged it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a word of a note of yours; * for any note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an objection to its rejection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>where the run stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the run&apos;s number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the task, by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the pay of a unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when it was made (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many units they took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many answers of theirs wait for review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many answers of theirs were accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many were paid and left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many were not paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whether an account of yours blocks them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a qualification they have, by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when they were last there (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>who took part in this run, by number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the person behind several accounts, by label; * for all of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tag of yours on them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what became of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what was asked of the vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the action&apos;s number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about this run, by number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about this unit, by number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about this person, by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the money, without the fee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when it was decided (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: needs a value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: needs a value, one of {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: cannot be compared with {op}. Write {name}:{written}.</source>
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
        <source>20s, 5min, 2h or 300ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>12h or 3d, or overdue</source>
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
        <source>{name}: {text!r} is not one of {choices}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no field {name}: here. {hint} To look for that text, put it in &quot;quotes&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {text!r} is no amount of money. Write it like 0.12.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}:{op} takes one value, not {count}.</source>
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
        <source>%n differences.</source>
        <comment>%n difference.</comment>
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
    <message>
        <source>paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not decided</source>
        <translation type="unfinished"></translation>
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
        <source>%n submissions</source>
        <comment>%n submission</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{run}: %n units refused at launch</source>
        <comment>{run}: %n unit refused at launch</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The run&apos;s page says why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{run}: the vendor refused the decision on %n units</source>
        <comment>{run}: the vendor refused the decision on %n unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Payments says why; decide again or try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{run}: the vendor did not take the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{run}: {part} % of the budget is used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{spent} of {budget}, reserved units included</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{run}: %n units have been at work for over two hours</source>
        <comment>{run}: %n unit has been at work for over two hours</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The worker may have left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its vendor is asked nothing without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{names}: their tokens are in the locked file</source>
        <comment>{names}: its token is in the locked file</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Until it is unlocked, the vendor is asked nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: its token is needed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: its vendor’s plug-in is missing or broken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug-ins…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n first rejections wait for a second look</source>
        <comment>%n first rejection waits for a second look</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of {names}. They do not leave before somebody agrees.</source>
        <comment>Of {names}. It does not leave before somebody agrees.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received {when}, without a deadline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{span}, on {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be answered {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its answer was due {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} objects to a rejection in {run}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not all could be asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n differences</source>
        <comment>%n difference</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{count:,} to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n actions in doubt</source>
        <comment>%n action in doubt</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n studies there and not here</source>
        <comment>%n study there and not here</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>nothing differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{account} and {vendor}: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compared {when}, and again by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{run}: %n units to review</source>
        <comment>{run}: %n unit to review</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{money} if all are approved</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n units answered</source>
        <comment>{done} of %n unit answered</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>started {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
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
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>came</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <comment>%n row</comment>
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
    <message>
        <source>Packed run</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n units</source>
        <comment>{0} of %n unit</comment>
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
        <source>Pack %n units</source>
        <comment>Pack %n unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{count:,} gold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} screening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{units} ({kinds} among them)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{units} × {reward} = {pay}, and {fees} in fees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no budget cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is {over} over the budget of {budget}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The budget of {budget} leaves {left}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ The account has {money}: {missing} too little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance after: {money}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is kept out so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people are kept out.</source>
        <comment>%n person is kept out.</comment>
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
        <source>%n people ({accounts}) are kept out.</source>
        <comment>%n person ({accounts}) is kept out.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>✕ Below the minimum of {least} an hour. {better} is recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Above the minimum of {least}, but below the {better} that is recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ At or above the {better} that is recommended; {least} is the minimum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n places</source>
        <comment>%n place</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <comment>%n time</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>token {token}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{money} to {whom}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{payment}, and {fees} in fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor took the order; that it was done was never seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing could be read since; before, there was {amounts}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No new payment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new payment of {money}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Looked %n times</source>
        <comment>Looked %n time</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{looked}, the last {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{looked}; before, there was {amounts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} of {all:,} show the amount as paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} of {all:,} show another new payment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} of {all:,} show no new payment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{before} before, {after} after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other payments of the account change its balance, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{balances}: exactly as if all of it was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{balances}: as if nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{balances}: {money} more than if all of it was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{balances}: {money} less than if all of it was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid, it would be {money}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
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
        <source>%n payments in doubt</source>
        <comment>%n payment in doubt</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers wait</source>
        <comment>%n answer waits</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objections to be answered</source>
        <comment>%n objection to be answered</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{program} could not be started. Install CrowdDesk again.</source>
        <translation type="unfinished"></translation>
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
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n fields</source>
        <comment>%n field</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{number:,} of {all:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What stands out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pairs that differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people are</source>
        <comment>%n person is</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The link is here once the run is launched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is closed, so its pages are no longer served.</source>
        <translation type="unfinished"></translation>
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
    <message>
        <source>Take the approval back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the soft rejection back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the rejection back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the un-rejection back</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n changes</source>
        <comment>%n change</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>damaged: this is how it is stored</source>
        <translation type="unfinished"></translation>
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
        <source>The secret is not kept here any more. Enter it again.</source>
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
        <source>{path} is damaged. Put a copy back, or move it away and enter the tokens again.</source>
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
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requesters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Payments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n pages of your runs are</source>
        <comment>%n page of your runs is</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an option is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the option {twice!r} is there twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the link {address} is no https:// address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>src is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>src: {address} holds no {noun}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>src: {address} is no whole https:// address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>src: {address} is not encrypted: browsers show only https:// addresses here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>src: {address} is neither an https:// address nor data:{noun}/.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>src: {address} is a file&apos;s name, and workers&apos; browsers cannot see your files. Put it on the web and give its https:// address, or give it as data:{noun}/.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds a character that YAML does not allow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its lists or keys are nested too deeply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a form has the keys title and fields at its beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text that begins with {{ has to stand in quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: it takes a text.{hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {word} is neither true nor false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {word} is no whole number from {least:,} to {most:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: it takes a list, with a - before each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: it takes keys and values, such as {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no key {word}. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text that begins with ! has to stand in quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key {word} stands at line {line} too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text that begins with {{ has to stand in quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not YAML: {problem}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>aliases (*) are not used here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own short name for this account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is damaged or was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not opened: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {count:,} files, and {most:,} at most can be packed and opened again. Copy the workspace&apos;s folder itself, while no window is open on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs {needed:,.1f} MB to be opened, and the disk of {folder} has {free:,.1f} MB. Make room and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file!r} is larger than it says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has not the hash that the manifest says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be opened: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds more than {most:,} files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it names the file {file!r}, which could lie outside of its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file!r} is no plain file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file!r} is packed in an unknown way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds {file!r} twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file!r} would unpack to {size:,} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its files lie over each other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{is_none}: it has no manifest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its manifest is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was made by a newer CrowdDesk ({program}). Update this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the manifest lacks something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its files are not those of its manifest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it holds files that do not belong there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file has not the size that the manifest says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This workspace keeps its database on a PostgreSQL server: back it up there with pg_dump, and copy the folder {folder} for its files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bundle is a file already: copy that one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: a backup&apos;s name ends in {ending}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} lies in a folder that does not exist: name a file in an existing one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be copied, so no backup was made: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup was cancelled. Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} has a name that is no text. Rename it, then back up again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no backup of a workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring was cancelled. Nothing was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is a whole disk. Name a new folder on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is not empty. Choose a new folder: nothing is overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database file cannot be read: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database file is damaged: {fault}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no sound copy of a database. Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the damaged database was cancelled. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task one: does the second sentence follow from the first? Its units go out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task two: what does a product review say? Workers come and go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers arrive as they are handed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewed: {approved} units approved; {others}, of people who missed a known answer, are paid, but not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent: {sent} decisions leave for the practice vendor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported: {rows} accepted answers in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus of {money} for {worker}, who did {done} of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid: the run has cost {cost} with fees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its worker has left; the unit becomes free again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes assigned here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes completed here and waits for your decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes accepted here and counts as paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes soft rejected here and counts as paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes rejected here and is not paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes expired here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not known here yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody judged it in time, so the vendor approved it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody decided it at the vendor, not from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all that the vendor says of it makes sense: {fault}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the vendor since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the vendor approves by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decided here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} by {created_by} (action {action_id})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is written while its {action} is open; that one decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the vendor knows of it beside is stored: its answer, or when the vendor decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is known of its worker is stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is known of the worker is stored; the unit is somebody else&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its {action} is open; that one decides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor has it as {there}, but nothing can be written on unit {unit_id} any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They left here without an answer, but the vendor has their work as {there}. Decide on it in the vendor&apos;s own page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here it was decided as {here}, at the vendor it is {there}. Look at the vendor&apos;s own page which is right; nothing is changed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here it is {here}, at the vendor {there}, and neither follows from the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no unit is free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More people came than there are units. Add answers to the run and compare again, or decide on it in the vendor&apos;s own page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is at work on it as far as the vendor knows; the unit becomes free again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their answer is here, but the vendor knows nothing of their work, so it can be neither paid nor rejected there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>here since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being sent at this moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was sent a moment ago; its lane asks the vendor about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor could not be asked about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It happened: it becomes done here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor works on it still.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It did not happen, says the vendor. Send it again, or let it be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It did not happen; its lane sends it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor cannot say whether it happened. Look at the vendor&apos;s own page, then decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor cannot say whether it happened; its lane asks once more, and then you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of {parent} is full, so {name} was not written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another CrowdDesk works for this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their names are the same address: {shown}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They have the same Prolific id: {shown}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They have the same name: {shown}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They wrote the same words: “{shown}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>they are at another vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the vendor did not take the run: {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the last answer to a launch was: {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the run is {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{unfinished:,} units are not launched; {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n texts are the same as others or elsewhere</source>
        <comment>one text is the same as others or elsewhere</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>pasted in {pasted} of %n answers</source>
        <comment>pasted in {pasted} of %n answer</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds:.1f} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours:,} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours:,} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right on this gold unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong on this gold unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right on this screening unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong on this screening unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its right answer is known to the run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>failed {wrong} of %n gold units</source>
        <comment>failed {wrong} of %n gold unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>passed all %n gold units</source>
        <comment>passed the one gold unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>usually {time} against a median of {median}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} against a median of {median}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half of the run&apos;s answers took less than {median}; this lies outside of what is usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>only %n of {others} others say {word}</source>
        <comment>only %n of {others} others says {word}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>none of {others:,} others says {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>agrees with most others on {agrees} of %n answers</source>
        <comment>agrees with most others on {agrees} of %n answer</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Over the whole run, {usual:.0%} of the answers say what at least half of the others say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>always chose {word} ({count:,} of {total:,})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nearly always chose {word} ({count:,} of {total:,})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is more than the answers of others to the same items explain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same text as unit {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pasted into {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The right answers of gold and screening units are known; these are all of theirs in this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other people&apos;s answers to the same item, in the field {field}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least 90 in 100 letters are the same, whatever the order of the words. Short texts are passed over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page saw something being pasted. It may be the person&apos;s own note.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the other also says {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both others also say {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all {others:,} others also say {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n of {others} others also say {word}</source>
        <comment>%n of {others} others also says {word}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>the other says {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both others say {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all {others:,} others say {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n of {others} others say {word}</source>
        <comment>%n of {others} others says {word}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What is astray at the vendor could not be asked for: {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not asked for, since the vendor does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not in this comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is nothing to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has changed since it was compared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has ended meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have put it aside. {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the workspace was restored: nothing new is begun until somebody has read so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all that the vendor reports on run {run_id} can be stored: {fault}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all that the vendor reports on run {run_id} can be stored: {fault}, and {more:,} more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} It will be refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{batch:,} rejections at once are more than the cap of {most_per_batch:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{today:,} rejections in 24 hours are more than the cap of {most_a_day:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One person has {most:,} rejections in 24 hours; the cap is {cap:,}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {fields}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}.{name}: there is no such key. {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{where} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} has no value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it takes keys and values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it takes a list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: it takes one value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {value!r} is neither true nor false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {value!r} is no whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {value!r} is no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is no setting {unknown!r}; there is database_url.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: database_url takes an address as text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace&apos;s database address begins with {scheme!r}: it must be a PostgreSQL address, postgresql://user@host/name. Leave it out to keep the database in the workspace&apos;s folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workspace on PostgreSQL needs the package psycopg: install crowddesk[team].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}&apos;s {field}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} has {kind} as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number that cannot be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a workspace or project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the advice on rewards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a completion code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a submission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the submission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the count of submissions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the bonus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a participant group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer to the records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was paid, and it is set up anew: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An earlier bonus for the same submission waits for your decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes with the next payment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was sent before, and its fate is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another CrowdDesk has taken it over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another payment of this workspace is waited for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The submission {id} is not {meant}&apos;s at Prolific, but {actual}&apos;s. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace pays in {currency} now, not in {meant}. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific does not show an earlier bonus for it yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another payment of this workspace has gone first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific gave this payment the number of an earlier one, which would be paid again. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific took it and pays within minutes; waiting to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific would have paid in another study. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific gave the payment no number to pay it by. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific would have paid {amount} where {meant} were meant, so it was not told to. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With its fees Prolific asks for {total}; {reserved} were reserved. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace has {available} left, and this costs {total} with fees. Nothing was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GBP or USD, as Prolific&apos;s accounts are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester.currency: the sandbox has an account {name!r} in {currency} already. Use that currency, or another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many simulated people there are in all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed: the same people, answers and faults.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many times as fast they are as people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What sorts of people come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sandbox fails now and then, in every way there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change!r:.80} is no StatusChange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the run has no unit {unit_id!r:.40}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {agent_status!r:.40} is no status of an agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {unit_status!r:.40} is no status of a unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: the time {time!s:.40} has no zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {seconds!r:.40} is no time worked, in seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: its ref, worker_name, vendor_status, payload and cursor must be text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: its answer is no mapping that JSON can hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: the stay {ref!r:.40} belongs to unit {other} already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The search was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database {path} is damaged: {fault}. Put a copy of it back: crowddesk repair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A PostgreSQL workspace is backed up with pg_dump, not from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} cannot be made: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of {place} is full. Nothing of this step was stored; make room and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} cannot be written. Choose another workspace or mend its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database in {place} is damaged. Put a copy of it back: crowddesk repair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program has kept the database in {place} locked for a minute. Close it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place} is not a folder. Choose a folder for the workspace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database of {place} could not be used: {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} lies on a network drive ({kind}), where a database file is not safe. Choose a folder on this computer, or use a PostgreSQL workspace for a team.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database file is damaged: {line}. Restore a copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{row} has the {column} {value!r}, which does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {column} of {row} cannot be read: it is no JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{row} belongs to {other}, which is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {id} waits for {pending}, but the open decision is {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {id} waits for {pending}, but no decision on it is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action {action_id} is open, but unit {unit_id} does not wait for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submission {row_id} was changed after it was stored: the journal has another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files of run {run_id} are gone: {folder} is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The total of {place} is kept as {kept}, counted {counted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The counts of worker {id} are kept as {kept}, counted {right}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>assignment {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agent {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>submission {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>requester {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>action {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>identity {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>second look {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>appeal {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task.exclude.runs.{number}: there is no run {name!r}.{near}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: nobody here is called {name!r}.{near}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}: {count} workers are called {name!r}. Write {ways}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database was restored as it was on {day} (UTC), and this may have been sent since. Look at the vendor&apos;s own page, then decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It had not been sent when the database was restored. Send it when you are ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor shows a bonus of {amounts} that this workspace does not know: it was restored, and may have paid it since. Nothing was paid now. If it is to be paid all the same, try it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same action was recorded before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same action was recorded before and was refused: try that one again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an earlier action on it is still {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workspace in {folder} is open. Close every window and command on it, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {table}, {rows} could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>up to %n rows</source>
        <comment>one row</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing in {path} can be read any more. Put a copy back instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This workspace was written by a newer CrowdDesk (schema {found}; this one knows {known}). Update CrowdDesk, or open another workspace. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This database belongs to another program: it has tables, but no CrowdDesk workspace. Choose another folder or database.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is damaged: its version row is missing. Put a copy of it back: crowddesk repair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name; * stands for anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number; &lt; and &gt; too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>20s, 5min, 2h; &lt; and &gt; too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an amount; &lt; and &gt; too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a day, or with its minute; &lt; and &gt; too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>anywhere in the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just so, spaces and colons too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a minus before it: all but these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a comma: either of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>several: all of them at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not begin as a database does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its end is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program ended before the vendor&apos;s answer was stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its stored payload is damaged (it is no JSON), so it was not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n actions wait for your word: the vendor’s answer was lost and cannot be looked up.</source>
        <comment>%n action waits for your word: the vendor’s answer was lost and cannot be looked up.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide on %n actions</source>
        <comment>Decide on %n action</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n actions tried again</source>
        <comment>%n action tried again</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions counted as done.</source>
        <comment>%n action counted as done.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions counted as not done, and sent once more.</source>
        <comment>%n action counted as not done, and sent once more.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions counted as not done.</source>
        <comment>%n action counted as not done.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions were left as before</source>
        <comment>%n action was left as before</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Set up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expire</source>
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
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a rejection back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask to return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not paid, pay it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not paid, leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not sent, send it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not sent, leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It did not happen, do it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It did not happen, leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{action} of {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent, waiting to see it done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer lost, being looked up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent, waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run {run}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n bonuses</source>
        <comment>%n bonus</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Export “{title}”…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pack “{title}” into one file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review “{title}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare {title} with its vendor…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>theme dark light text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grace undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caps on rejections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>second look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fair pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wage hour target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tray tell deadline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shortcut keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages for your own people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task server port certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>folder journal verify doctor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>version licence installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit {id}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker · {vendor}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database file {path} is gone or empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>far too quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong on gold units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copied text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>always the same answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n answers are approved by themselves within 3 days</source>
        <comment>%n answer is approved by itself within 3 days</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The soonest was due {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The soonest {time}, on {exactly}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} soft-rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in one go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of this account in 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of {person} in 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n pictures of the window are in {0}</source>
        <comment>%n picture of the window is in {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The demo stopped: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with hidden signs that turn the order of letters around: {signs}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {number:,} characters more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row of this file can be paid as it stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n rows cannot be paid. Nothing is recorded until all can.</source>
        <comment>%n row cannot be paid. Nothing is recorded until all can.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{bonuses}: {amount} and a fee of {fee}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n rows were recorded before and stay out.</source>
        <comment>%n row was recorded before and stays out.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows repeat another one.</source>
        <comment>%n row repeats another one.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded before</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>And %n more faults.</source>
        <comment>And %n more fault.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows were read out.</source>
        <comment>%n row was read out.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <comment>And %n more.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n others</source>
        <comment>%n other</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write at least %n characters.</source>
        <comment>Write at least %n character.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write at most %n characters.</source>
        <comment>Write at most %n character.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %n units</source>
        <comment>Approve %n unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Soft reject %n units</source>
        <comment>Soft reject %n unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n units</source>
        <comment>Reject %n unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Approve {count:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft reject {count:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject {count:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excel sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parquet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A row for each unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A row for each item, by majority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A row for each item, by Dawid-Skene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only those in the data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only undecided ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only those left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n units could not be read and went out as stored.</source>
        <comment>%n unit could not be read and went out as stored.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Compensate %n people…</source>
        <comment>Compensate %n person…</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The median is {median} an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No time of work is known yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{below} of %n people are below {target}; {amount} and a fee of {fee} would lift them.</source>
        <comment>{below} of %n person is below {target}; {amount} and a fee of {fee} would lift them.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is below {target}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n answers that took longer count as {most}, {times} times the median.</source>
        <comment>%n answer that took longer counts as {most}, {times} times the median.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{count:,} without a known time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid, {currency}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{currency} an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing, {currency}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compensated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>giving it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running out of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>losing the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its end</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Compensate %n people</source>
        <comment>Compensate %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>static html</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(the row&apos;s number)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Launch %n units · {0}</source>
        <comment>Launch %n unit · {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What workers see first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One or two sentences that say what to do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A short name; runs of one name belong together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay for one unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Three letters, as the account has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes one unit takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your honest guess. The wage an hour follows from it, and Prolific tells people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget cap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fees and bonuses count. Nothing passes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units for each item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many people answer each item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time for one unit, seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run takes workers for, seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units worked on at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0: no bound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units one person may do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qualifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may work. One a line: a name, or name &gt;= 5, or name not_exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody who took part in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier runs, one a line: a number, a title or a task. With all accounts of a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody tagged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags of yours, one a line; later ones count too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of these people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names, one a line; vendor:name where two have it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold items, a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items whose answer is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold: field of the form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold: column of the right answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold: units for each item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold: about one unit in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of each person&apos;s units, where we hand them out ourselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gold: most wrong answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who has more gets no further unit. Empty: everybody goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screening items, a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered before the work itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screening: field of the form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screening: column of the right answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screening: people for each item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screening: items for each person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where we hand out the units ourselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screening: most wrong answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An HTML template or a form. Everybody sees it once, before their first unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remembered as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The qualification of those who passed; they skip the page in later runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One a line: field = right answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most wrong answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the files</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Reading the files: %n rows</source>
        <comment>Reading the files: %n row</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pay a bonus to %n people</source>
        <comment>Pay a bonus to %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unblock %n people</source>
        <comment>Unblock %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Block %n people</source>
        <comment>Block %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Still to be reviewed: %n answers of theirs.</source>
        <comment>Still to be reviewed: %n answer of theirs.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Revoke a qualification of %n people</source>
        <comment>Revoke a qualification of %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Grant a qualification to %n people</source>
        <comment>Grant a qualification to %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{names} and {others}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n items disagree: {0}.</source>
        <comment>%n item disagrees: {0}.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers more, {0} with fees.</source>
        <comment>%n answer more, {0} with fees.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers more are asked for.</source>
        <comment>%n answer more is asked for.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No run</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Merge %n accounts into one person</source>
        <comment>Merge %n account into one person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge %n accounts</source>
        <comment>Merge %n account</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What you call this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row of this file can be used as it stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n rows cannot be used. Nothing is recorded until all can.</source>
        <comment>%n row cannot be used. Nothing is recorded until all can.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{count:,} to grant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} to revoke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count:,} so already or recorded before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New here: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qualification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how long this answer took, such as 11 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how long answers of the run usually take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many known answers the person missed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many known answers they were asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the item’s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the run’s title</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and {0} for %n answers that wait for you</source>
        <comment>and {0} for %n answer that waits for you</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>60 times: an hour of theirs is a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>300 times: an hour of theirs is 12 seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1,000 times: an hour of theirs is 4 seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The run has %n places; not everybody finishes.</source>
        <comment>The run has %n place; not everybody finishes.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers wait. A sample is drawn evenly; each has the same chance.</source>
        <comment>%n answer waits. A sample is drawn evenly; each has the same chance.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers of {0} in this run wait for a decision.</source>
        <comment>%n answer of {0} in this run waits for a decision.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No row of this file can be recorded as it stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n rows cannot be recorded. Nothing is recorded until all can.</source>
        <comment>%n row cannot be recorded. Nothing is recorded until all can.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>and {more:,} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Second look: %n first rejections</source>
        <comment>Second look: %n first rejection</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions on the way</source>
        <comment>%n action on the way</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n actions</source>
        <comment>Send %n action</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>◌ %n first rejections stay until somebody has looked again: {0}</source>
        <comment>◌ %n first rejection stays until somebody has looked again: {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>● %n rejections of {people}: {names}</source>
        <comment>● %n rejection of {people}: {names}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>survey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>annotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>making decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: annotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: reasoning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: checking facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: safety</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: writing data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: recording data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: filming data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: making pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI: other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: careful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: sloppy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: in a hurry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: give back half way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: never seen again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: come twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: forget the code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: have a wrong code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of people: run out of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this program where people can reach it, else Prolific</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this program, at your public address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may take part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When an answer has come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it waits for your decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is approved and paid at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tablet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mobile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Devices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None ticked: every device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>audio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What people need</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only members of these groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No members of these groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who fails the page before the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is asked to return the place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is told nothing at Prolific</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who finishes joins the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is made if there is none of this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Completion code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty: one is made that nobody can guess.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places one person may take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sensitive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>explicit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Content warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words of the warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[\s,;]+</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[A-Za-z0-9_-]+</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n answers chosen</source>
        <comment>{0} of %n answer chosen</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>ParticipantID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>participant id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>StudyID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>study id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>id</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n participant ids</source>
        <comment>%n participant id</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study ids</source>
        <comment>%n study id</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ids</source>
        <comment>%n id</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{least} or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{most} or less</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Ask to return %n units</source>
        <comment>Ask to return %n unit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ask %n people</source>
        <comment>Ask %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write to %n people</source>
        <comment>Write to %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>LIVE: these are real people at {vendor}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out, because nobody can be written to there from this account: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} of %n rows</source>
        <comment>{0} of %n row</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Count this bonus as paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay this bonus now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count this bonus as not paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count this message as sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send this message now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count this message as not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count this action as done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat this action now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count this action as not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Count %n bonuses as paid</source>
        <comment>Count %n bonus as paid</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pay %n bonuses now</source>
        <comment>Pay %n bonus now</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Count %n bonuses as not paid</source>
        <comment>Count %n bonus as not paid</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Count %n messages as sent</source>
        <comment>Count %n message as sent</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n messages now</source>
        <comment>Send %n message now</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Count %n messages as not sent</source>
        <comment>Count %n message as not sent</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Count %n actions as done</source>
        <comment>Count %n action as done</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Repeat %n actions now</source>
        <comment>Repeat %n action now</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Count %n actions as not done</source>
        <comment>Count %n action as not done</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>You looked at {vendor}: it was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: it was not paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: each of them was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: none of them was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: it was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: it was not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: each of them was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: none of them was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: it was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: it was not done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: each of them was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You looked at {vendor}: none of them was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk counts each of them as done and sends nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk counts it as done and sends nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk sends each of them once more, now, without Send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk sends it once more, now, without Send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk leaves it at that, and the money goes back to the budget.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk leaves it at that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it was paid after all, it is paid twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was paid after all is paid twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it was sent after all, it is sent twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was sent after all is sent twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it was done after all, it is done twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done after all is done twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave {count:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count {count:,} as paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay {count:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count {count:,} as sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send {count:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count {count:,} as done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat {count:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>● %n payments wait for your word</source>
        <comment>● %n payment waits for your word</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>● %n actions wait for your word</source>
        <comment>● %n action waits for your word</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n items without any answer then</source>
        <comment>%n item without any answer then</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are out already</source>
        <comment>%n is out already</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were put in by hand</source>
        <comment>%n was put in by hand</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} for %n people who could not submit</source>
        <comment>{0} for %n person who could not submit</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n actions staged until you send</source>
        <comment>%n action staged until you send</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Pairs that agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cohen’s kappa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fleiss’ kappa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alpha, nominal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alpha, ordinal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alpha, interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right by majority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right by Dawid-Skene</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right by MACE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one of few answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of its answers counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everybody says the same, so chance has nothing to compare with: kappa and alpha are not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item has answers by two people, so how far they agree is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many are right is not known: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n items without a majority.</source>
        <comment>%n item without a majority.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Arrivals per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bad day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intro</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intro file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay: answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay: field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay: file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay: item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay: seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay: worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skilled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sloppy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spammer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Truth: column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Truth: field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units per assignment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text!r} is no whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text!r} is no number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adopted from {vendor}, and shown where it was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown to people by this program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown to people by {vendor} itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task run</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonus…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid</source>
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
        <source>Reason {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flag a unit, or take the flag off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay a person a bonus…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant a person a qualification…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge accounts into one person…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scorecard of a person…</source>
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
        <source>Compare with the vendor…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Icons only at the left, or words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a workspace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close, or leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the first row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the last row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no command {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{command}: {key!r} is no key. Write it like A, Shift+A or Ctrl+Return.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{command}: {key} cannot be chosen. It stays what it is: {use}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{command}: {key} is the key of {other}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data file has no rows, so there is nothing to launch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no page for row {row}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no account {name!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run} is at {vendor}: it was no rehearsal.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n workers</source>
        <comment>%n worker</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Time under</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Far quicker than others, z under</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right on gold units, under</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always the same answer, over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearly the same text as another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted into a field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker is tagged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit is tagged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker is one of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status is one of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data-set status is one of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another mask leaves it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any of these</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided</source>
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
    <message>
        <source>LIVE {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{example}   search payments and other actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Staged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accepted work and bonuses, with fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>work that may still be paid, with fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decided, waits for Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is added. Its balance: {balance}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no units yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requester</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent of cap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay a unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{example}   search runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use 100 to 200.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use 0 to 3600 seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be below 0. 0 is no cap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use 0 (no deadline) to 365 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The head to keep elsewhere: {head}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All is well: the database, the totals, the journal and the files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approved by itself on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pasted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⚑ flagged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>screening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compensation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long the page was in view and used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fee {money}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submitted</source>
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
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{example}   search units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⊘ blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the answers that were judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft rej.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{person}: one person with %n accounts</source>
        <comment>{person}: one person with %n account</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{example}   search workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units by status over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spend against cap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}bn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}M</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it on a telephone</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n qualifications</source>
        <comment>%n qualification</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>○ not served</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ not reachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◐ local network, {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ this computer only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● public, {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People in your local network reach this run by a link, which its page shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People reach this run by a link on this computer only. You can open it to the local network afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost, {currency}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls to the vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faults met</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{wage} an hour, by the {time} that the simulated people in the middle took.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is below the minimum of {least}; {better} is recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is below the {better} that is recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{better} is recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ The ledger of payments and the vendor’s own call agree to the cent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ The ledger has {paid}, but the vendor’s own call says {told}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rehearsal of {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this cannot prove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run} would have cost {money} until now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At work still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned their place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ran out of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Came back without a code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Came back with a wrong code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not decided yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{money} more if they are approved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected, {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses paid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rewards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tax on the fees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{people} came to {places}; {submitted:,} submitted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n payments or decisions that waited then are held: they may have left since.</source>
        <comment>%n payment or decision that waited then is held: it may have left since.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>item {key}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approved by itself {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} did not answer in {seconds:.0f} seconds. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} could not be reached: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sent the request in circles.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} answered with the status {status_code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sent it compressed, which is not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is larger than {size} MB, so it is not loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} did not send it in {seconds:.0f} seconds. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It leads to an address that is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It leads to an address that is not https, which is not loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its address holds a name or a password, so it is not loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} is not known. Check your connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} lies in this computer&apos;s own network, from which nothing is loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(nested too deeply to be shown)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} (not offered)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by disagreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by deadline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in order of arrival</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in random order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the vendor refused it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} pictures are not drawn here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It lies at an http address, which is not loaded: others could read and change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not in the run&apos;s folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not in the workspace any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is {size:,.0f} MB; pictures of up to {most:.0f} MB are drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is no PNG, JPEG, GIF, WebP or BMP picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: it does not say how large it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is {shape} pixels; up to {most} million are drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is damaged: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} soft rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gold {number:,} of {all:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>median {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this one too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beside the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n units were not approved: {0}</source>
        <comment>Unit {1} was not approved: {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units were not soft rejected: {0}</source>
        <comment>Unit {1} was not soft rejected: {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units were not rejected: {0}</source>
        <comment>Unit {1} was not rejected: {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units were not taken back: {0}</source>
        <comment>Unit {1} was not taken back: {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {number:,} more fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n characters</source>
        <comment>%n character</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The stored answer is damaged: this is how it is stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stored item is damaged, so its page cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit pays somebody for work done outside of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page cannot be shown, so these are its fields. {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is stored of unit {id} is damaged, so its page cannot be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page of unit {id} cannot be made. {fault}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {id}, not answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {id}, answered {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This task is shown elsewhere; this is what its vendor says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {number:,} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, this worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>being recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n answers flagged</source>
        <comment>%n answer flagged</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers unflagged</source>
        <comment>%n answer unflagged</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>over %n answers</source>
        <comment>over %n answer</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people at work now</source>
        <comment>%n person at work now</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units were not launched: {0}</source>
        <comment>%n unit was not launched: {0}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>pausing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resuming…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scorecard of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,}, {waiting:,} to review</source>
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
        <source>Of them judged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} of {all:,} right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{facts}, few to go by</source>
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
        <source>{time} against {usual} usually</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half of their answers took less; beside it the same of everybody in these runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part} of the others&apos; answers to their items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of everybody&apos;s answers there, {part} say what at least half of the others say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median wage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{money} an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,}, {back:,} taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upheld</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overturned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{runs}; {left:,} older ones are not looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time for each answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time for each answer, dashed: usual, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{answers}, median {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number:,} of {all:,} right in the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known answers right so far, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label}: {mine} against {others}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels in “{run}”: theirs, and the others’ in grey, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n offers, Down goes to them</source>
        <comment>%n offer, Down goes to it</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new rows. Show them</source>
        <comment>%n new row. Show it</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>launched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>assigned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>completed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>onboarding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partner left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>launching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>staged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>un-reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for the vendor’s limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs its token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no plug-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undecided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not registered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokens are unlocked until CrowdDesk is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has a new token. Its balance: {balance}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is still being read. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n units approved</source>
        <comment>%n unit approved</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units soft-rejected</source>
        <comment>%n unit soft-rejected</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units rejected</source>
        <comment>%n unit rejected</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units taken back</source>
        <comment>%n unit taken back</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Your views of units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your views of runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your views of workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your views of actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your views of requesters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the practice crowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practice crowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>your own people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in-house</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own people, in a browser (inhouse)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific’s stand-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific, rehearsed on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longitudinal study not completed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too quickly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too slowly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed instructions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low effort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Malingering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No completion code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong completion code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsupported device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SANDBOX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{span} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {span}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} can be read in two ways: write it like {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size:,.1f} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} is not in the workspace any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {file} in its folder, where it is named by its SHA-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It lies there under its SHA-256: {sha256}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{active} of {whole} from accepting to submitting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page was in view and used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>renamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{account} split from person {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{account} merged into person {person}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{account} moved from person {old} to {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is the bonus for? It counts against the budget of the run you choose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which account shall give them no more work?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which account shall take them back?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which account tells the vendor?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is it about? They read the message under the name of that account or run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Bonus of {0} for %n people</source>
        <comment>Bonus of {0} for %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people blocked</source>
        <comment>%n person blocked</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people unblocked</source>
        <comment>%n person unblocked</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} granted to %n people</source>
        <comment>{0} granted to %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} taken from %n people</source>
        <comment>{0} taken from %n person</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody of them is blocked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are blocked by every account you have there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No account of yours can write to any of them: their vendors have no messages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No registered account can do this for all of them. Choose people of one vendor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no worker {worker}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor&apos;s code failed: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This vendor sends people to https addresses only. Set a public address that begins with https:// in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>image: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share}%</source>
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
        <source>About unit {0} of {1}, received {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be answered {0}.</source>
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
        <source>Write at most {0} characters. There are {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say why the rejection stands: whoever objects is owed an answer.</source>
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
        <source>The rejection is taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejection stands</source>
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
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time left</source>
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
        <source>In now: {0}, the newest {1} listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In now: {0}</source>
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
        <source>Written to {2}: {0} with {1} ({3}).</source>
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
    <name>Beside</name>
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
        <source>LIVE: these are real people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They get no more of your work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a reason.</source>
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
</context>
<context>
    <name>BonusDialog</name>
    <message>
        <source>LIVE: this is real money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for the fee again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount each, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason, as the worker will read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fee is not known yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write why. The worker reads it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the amount.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A bonus is more than nothing. Enter an amount above zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is {0}, but only {1} is available.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is {0} with its fee, but only {1} is available.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fee is not known, so nothing can be paid. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay {0}</source>
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
    <name>BonusFileDialog</name>
    <message>
        <source>Pay bonuses for “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A CSV, TSV, JSON or XLSX file with the columns worker and amount, and reason or unit where they differ. The same row is paid once, however often its file is read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: this is real money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason for rows without one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Occasion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only where the same rows are paid once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay {0} · {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With fees this is more than the {0} that the run’s budget has left.</source>
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
    <name>ChoosePlaceDialog</name>
    <message>
        <source>Continue</source>
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
    <message>
        <source>{0} of {1}</source>
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
        <source>Keys in settings.yaml that cannot be used: {0}{1}</source>
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
        <source>view</source>
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
        <source>Compared {0}: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Nothing differs. {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare {0} with {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} and {2} in doubt</source>
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
        <source>{0} for {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>made {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>says it is of run {0}</source>
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
        <source>LIVE: this is real money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount each, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they are told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vendor’s fee for a bonus comes on top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter an amount above zero.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the amount.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write why. The worker reads it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pay {0}</source>
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
    <name>DamagedDialog</name>
    <message>
        <source>The workspace “{0}” is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is kept as it is, whatever you choose: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies of it that can be put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save what can still be read…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept daily</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept before an upgrade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what could still be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put back a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no copy of it here. Restore a backup that you made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no copy of it here. Save what can still be read, or restore a backup that you made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put back the copy of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions, notes and settings of what could not be read are lost. Compare with the vendors afterwards: they know what was paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was decided, written or launched here after {0} is lost. Compare with the vendors afterwards: they know what was answered and paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
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
        <source>The mask “{0}” is saved.</source>
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
        <source>{0} as before</source>
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
        <source>LIVE: these are real people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: these are real people at {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pays {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pays {0}, {1} of it fees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softer ways, without a record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid; the answers stay out of the data set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paid ({0}); the answers stay out of the data set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1} before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first rejection: somebody looks again before it leaves</source>
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
        <source>Each person, with how many units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejections:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of at most {1} {2}</source>
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
        <source>Choose a category for the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For {0} there are {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So far there are {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} rejections {1} are more than the cap of {2}. Soft reject, choose fewer units, or raise the cap in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reason is optional here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to {1}</source>
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
    <name>DemoPlay</name>
    <message>
        <source>That was the demo. Look around: it is all yours.</source>
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
        <source>{0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This workspace cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of this workspace is damaged. What you do now may be lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way back…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The damaged file is kept in {0}.</source>
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
    <name>DifferenceModel</name>
    <message>
        <source>chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing to mend</source>
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
        <source>action {0}</source>
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
        <source>This leaves out {0} of {1}, the mask being written {2} of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This leaves out {0} of {1}</source>
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
        <source>and {0} more, in the details</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Export “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Fair pay in “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: this is real money.</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Could not submit ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The target is more than nothing an hour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The wages are being worked out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is more than the {0} that the run’s budget has left. Raise it, or lower the target.</source>
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
        <source>Top up {0} · {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FieldFigures</name>
    <message>
        <source>no figures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterDialog</name>
    <message>
        <source>Add a filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Prolific allows {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prolific allows {0} (dates like 1990-01-31).</source>
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
        <source>Who may be one person</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Hand out the personal links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>the link of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the clipboard: {0}</source>
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
        <source>The vendor of “{0}” hears whom it keeps out now.</source>
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
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelDialog</name>
    <message>
        <source>Rename {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
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
        <source>Launch a run</source>
        <translation type="unfinished"></translation>
    </message>
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
    <message>
        <source>Copied {0}</source>
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
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose at least two accounts.</source>
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
        <source>Write something. It reaches the worker as it stands.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write at most {0} characters. There are {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As {0} will read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As {0} will read it about “{1}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MoreAnswersDialog</name>
    <message>
        <source>Ask for more answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: real people at {0} are asked, and paid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each item of “{0}” gets so many more answers, by people who have not answered it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More answers to each item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter how many: 1 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cost is being worked out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is {0}, but the budget has {1} left.</source>
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
    <message>
        <source>Add {0} · {1}</source>
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
</context>
<context>
    <name>NewQualificationDialog</name>
    <message>
        <source>Make a qualification</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>There is a qualification {0} already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the qualification.</source>
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
        <source>Write a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note about {0}</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Write at most {0} characters. There are {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write what you want to remember.</source>
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
        <source>The first answer was due {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first answer is due {0}.</source>
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
    <message>
        <source>Paste what the worker wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep at most {0} characters. There are {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the day like 2026-11-22.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That day is still to come. Say when the objection was received.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days to answer are a whole number, 0 to 365.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OfferList</name>
    <message>
        <source>{0} of {1}</source>
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
        <source>Ask where answers disagree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: real people at {0} are asked, and paid.</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Ask for {0} · {1}</source>
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
        <source>{0} at the end, {1} at most</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PackDialog</name>
    <message>
        <source>Pack “{0}” into one file</source>
        <translation type="unfinished"></translation>
    </message>
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
    <message>
        <source>no answers</source>
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
        <source>play money: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}; besides, {1} of play money</source>
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
        <source>{0} are one person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {0} stand as before</source>
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
</context>
<context>
    <name>PluginList</name>
    <message>
        <source>Plug-in folder: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet. Put the wheel of one (a .whl file) into the folder, then look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the plug-in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds what is new in the folder, and tries again what could not be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ {0} cannot be made: {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The details are on the clipboard.</source>
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
        <source>Set the public address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set</source>
        <translation type="unfinished"></translation>
    </message>
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
    <message>
        <source>Name the qualification.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value is a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revoke {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QualificationFileDialog</name>
    <message>
        <source>Qualifications from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A CSV, TSV, JSON or XLSX file with the columns worker, qualification and value; an empty value revokes. A column provider tells apart people of one name. The same file is recorded once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qualifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to do: every row is so already.</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Answers have changed since these figures were counted.</source>
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
        <source>{0} left out: {1}.</source>
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
        <source>{0}, staged until you send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unit {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>action {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out: {0}, {1} and {2} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out: {0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} had left already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {0}</source>
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
        <source>Add a requester</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Saved as {0}</source>
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
        <source>Rehearsal of “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Launch for real…</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Rehearse it first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rehearse</source>
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
        <source>A note is about one. Select one, or tag them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the people first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the units first.</source>
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
        <source>Replace the token of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replacing…</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent and reserved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Staged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not registered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A balance could not be asked for: {0}</source>
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
        <source>Plug-ins…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account was not changed</source>
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
</context>
<context>
    <name>RestDialog</name>
    <message>
        <source>Decide for the rest of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Only {0} of them are in this review; the others are decided with them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: these are real people and real money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approving and soft rejecting pay {0} with fees. A soft rejection keeps answers out of the data set. A rejection pays nothing and asks for a reason first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft reject {0} · {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve {0} · {1}</source>
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
        <source>{0} restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RestoredBanner</name>
    <message>
        <source>This workspace was put back as it was at {0}, from {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CrowdDesk ended in the middle, and what it stored last is lost: this is as of {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with the vendors before you send or pay anything again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until you dismiss this, nothing is launched or closed by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose an account, then Compare with the vendor.</source>
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
        <source>Backups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
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
    <message>
        <source>Give at least one reason. The worker reads it.</source>
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
        <source>{0}, left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, not sent yet</source>
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
        <source>{0} at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} to decide</source>
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
        <source>{0} of {1}</source>
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
        <source>Record {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every row was recorded before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is being read.</source>
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
        <source>Search {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the columns of the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some rows could not be read: {0}</source>
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
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} rows are too many for the clipboard. Copy up to {1}, or export them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is still being read. Copy again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows could not be read, so nothing was copied.</source>
        <translation type="unfinished"></translation>
    </message>
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
    <message>
        <source>reserved {0} · fees {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent of cap, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none on the way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} not paid yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bonuses, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by simulated work times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median wage, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a unit</source>
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
        <source>This run is a draft: {0} of {1} are loaded, none is at the vendor.</source>
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
        <source>The run that was not taken is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answers were added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} more are asked for.</source>
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
        <source>{0} answers, all equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} answers, {1} different</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody else yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SampleDialog</name>
    <message>
        <source>Review a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed draws the same answers from the same ones that wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose 1 to {0}.</source>
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
        <source>{0} right, {1} wrong, {2} open</source>
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
        <source>No answer of this run waits for a decision.</source>
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
        <source>Save this view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
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
    <message>
        <source>Give the view a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace “{0}”</source>
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
        <source>Rejected by {0} {1}. It does not leave before somebody agrees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected as “{2}” by {0} {1}. It does not leave before somebody agrees.</source>
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
    <message>
        <source>it</source>
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
        <source>Send {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of it waits for a second look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Money, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fees, {0}</source>
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
        <source>{0}, unit {1}: “{2}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more, under Payments</source>
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
        <source>The link is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Telephones reach it once it is open to the local network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer is in no local network now.</source>
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
        <source>{0} are in {1}.</source>
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
        <source>Vendors and blueprints that others wrote. They run with all rights of this program: take them only from people you trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug-ins</source>
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
    <message>
        <source>provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blueprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The details are on the clipboard.</source>
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
    <name>SpendPlot</name>
    <message>
        <source>Spend against cap, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spend, {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
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
        <source>{0}, about</source>
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
        <source>Tag {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A word of yours, such as expert or too fast. Nobody else reads it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off {0}</source>
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
    <message>
        <source>Nobody wrote anything.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Talking</name>
    <message>
        <source>Nothing waits, so there is nothing to draw from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this answer (unit {0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of this worker waits in this run.</source>
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
        <source>Name the file with its whole path.</source>
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
        <source>An account at this vendor has no token.</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>{0} + {1} fee</source>
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
        <source>Select the units first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the one rejected unit that the objection is about.</source>
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
        <source>These are of several runs. Select units of one run to write to people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recording {0}…</source>
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
    <message>
        <source>Select a unit of the run to export.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>Unlock the tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>“{0}” is among your views.</source>
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
    <name>WayBack</name>
    <message>
        <source>The copy is being put back…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save what can still be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name: this is the damaged file itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading what can still be read…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
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
    <name>WordDialog</name>
    <message>
        <source>LIVE: these are real people and real money.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some of them show a new payment at the vendor and some do not.</source>
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
        <source>{0}, unit {1}</source>
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
        <source>The qualification {0} is there. Grant it to people in this list.</source>
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
        <source>Remove “{0}” from this list</source>
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
        <source>This workspace is open here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} opens in a window of its own.</source>
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
    <name>_CardPainter</name>
    <message>
        <source>! not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no answer)</source>
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
        <source>This run was not exported</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>{0}, required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (optional)</source>
        <translation type="unfinished"></translation>
    </message>
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
    <message>
        <source>There is no file {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder {0}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_FieldView</name>
    <message>
        <source>{0} (optional)</source>
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
    <name>_Model</name>
    <message>
        <source>Unit {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Opening</name>
    <message>
        <source>Nothing waits to be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Pack</name>
    <message>
        <source>This run was not packed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run is packed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_PackedRun</name>
    <message>
        <source>{0} opens in a window of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_PageButton</name>
    <message>
        <source>{0}, {1} waiting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Plot</name>
    <message>
        <source>No answers yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answers yet</source>
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
    <message>
        <source>provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blueprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>can be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it lies: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● Changed or taken away since it was loaded. That holds from the next start.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_RunLine</name>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} if all are approved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approved by itself {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review {0}, {1}, {2}</source>
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
    <name>_ViewButton</name>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
