with nicknames as (

    select * from {{ ref('nicknames') }}

),

-- a formal name belongs to its own group
group_members as (

    select
        nickname as first_name,
        formal_name
    from nicknames
    union
    select
        formal_name as first_name,
        formal_name
    from nicknames

),

final as (

    select distinct
        one.first_name as first_name_a,
        other.first_name as first_name_b
    from group_members as one
    inner join group_members as other on one.formal_name = other.formal_name
    where one.first_name <> other.first_name

)

select * from final
