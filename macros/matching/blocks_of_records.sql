{# The blocks, before they are divided, that records of a relation are in, or were in at the build before. A record that was alone in its block is not listed
   there, and was of no matter to any other. #}
{% macro blocks_of_records(records) -%}
select
    rule_number,
    block_key_0
from {{ ref('int_blocking_keys') }}
where record_id in (select record_id from {{ records }})
union
select
    rule_number,
    block_key_0
from {{ this }}
where record_id in (select record_id from {{ records }})
{%- endmacro %}
