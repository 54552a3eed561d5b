"""What lets a ballot be accepted: the registrar's list, one per entitlement."""
